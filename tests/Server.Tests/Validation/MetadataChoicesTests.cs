using System.Text;
using GrpcDcr.Server.Endpoints.Http;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;
using GrpcDcr.Server.Validation;
using GrpcDcr.Server.Validation.Members;
using GrpcDcr.TestKit.Samples;

namespace GrpcDcr.Server.Tests.Validation;

/// <summary>OpenID Connect RP Metadata Choices 1.0 section 2, for every list of the member table.</summary>
public sealed class MetadataChoicesTests
{
    private static readonly RegistrationPolicy Full = Policies.Full;

    public static TheoryData<string> Lists { get; } = [.. MetadataMembers.WithChoices.Select(member => member.Choices!)];

    /// <summary>Every server supports methods; the others need to be declared.</summary>
    public static TheoryData<string> ListsOfUnsupported { get; } =
        [.. MetadataMembers.WithChoices.Where(member => !Policies.Compat.Supports(member)).Select(member => member.Choices!)];

    [Fact]
    public void The_specification_has_nineteen_lists() => Assert.Equal(19, Lists.Count);

    [Theory]
    [MemberData(nameof(Lists))]
    public void The_first_supported_value_of_a_list_is_chosen(string list)
    {
        var member = MetadataMembers.FindByChoices(list)!;
        var supported = Full.ValuesOf(member)!.InOrder[^1];
        var result = Validated(member, $$"""{{Needed(member)}}"{{list}}":["unheard-of","{{supported}}"]""", Full);
        Assert.Equal(supported, result.Registered.Text(member));
        Assert.DoesNotContain(result.Violations, violation => violation.Member == list);
        Assert.Empty(result.Registered.Choices);
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public void A_supported_value_of_the_member_stands(string list)
    {
        var member = MetadataMembers.FindByChoices(list)!;
        var (first, last) = (Full.ValuesOf(member)!.InOrder[0], Full.ValuesOf(member)!.InOrder[^1]);
        var result = Validated(member, $$"""{{Needed(member)}}"{{member}}":"{{first}}","{{list}}":["{{last}}","{{first}}"]""", Full);
        Assert.Equal(first, result.Registered.Text(member));
        Assert.DoesNotContain(result.Violations, violation => violation.Member == list);
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public void A_value_that_is_not_in_its_list_is_a_contradiction(string list)
    {
        var member = MetadataMembers.FindByChoices(list)!;
        var supported = Full.ValuesOf(member)!.InOrder[0];
        Assert.Contains(
            Validated(member, $$"""{{Needed(member)}}"{{member}}":"{{supported}}","{{list}}":["unheard-of"]""", Full).Violations,
            violation => violation.Member == list && violation.Description.Contains("which is not among", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public void A_list_without_a_supported_value_is_refused(string list)
    {
        var member = MetadataMembers.FindByChoices(list)!;
        Assert.Contains(
            Validated(member, $$"""{{Needed(member)}}"{{list}}":["unheard-of"]""", Full).Violations,
            violation => violation.Member == list && violation.Description.Contains("no supported value", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(ListsOfUnsupported))]
    public void A_list_of_a_member_that_is_not_supported_is_ignored(string list)
    {
        var member = MetadataMembers.FindByChoices(list)!;
        var result = Validated(member, $$"""
            "{{list}}":["unheard-of"]
            """, Policies.Compat);
        Assert.Empty(result.Violations);
        Assert.Null(result.Registered.Values[member]);
    }

    private static ValidationResult Validated(MetadataMember member, string members, RegistrationPolicy policy)
    {
        var body = $$"""{"redirect_uris":["https://client.example/cb"],{{Grants(member)}}{{members}}}""";
        var read = OAuthDocumentReader.ReadRegistration(Encoding.UTF8.GetBytes(body), new([], StringComparer.Ordinal));
        return MetadataRules.Validate(read, policy);
    }

    private static string Grants(MetadataMember member) => member.Concerned == ClientsConcerned.BackchannelClients
        ? """
          "grant_types":["authorization_code","urn:openid:params:grant-type:ciba"],"backchannel_token_delivery_mode":"poll",
          """
        : "";

    /// <summary>A content encryption algorithm is registered only beside the algorithm that it belongs to.</summary>
    private static string Needed(MetadataMember member) =>
        AlgorithmTable.Encryption.FirstOrDefault(row => row.EncMember == member) is { AlgMember: var alg }
            ? $"\"{alg}\":\"{Full.ValuesOf(alg)!.InOrder[0]}\","
            : "";
}
