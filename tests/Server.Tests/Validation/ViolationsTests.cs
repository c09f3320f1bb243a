using System.Text.Json;
using GrpcDcr.Server.Endpoints.Errors;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Validation;
using GrpcDcr.TestKit;
using GrpcDcr.TestKit.Samples;

namespace GrpcDcr.Server.Tests.Validation;

/// <summary>How much is said of documents in which everything is wrong.</summary>
public sealed class ViolationsTests
{
    /// <summary>gRPC implementations refuse answers with larger headers: 8 KiB is the default of several.</summary>
    private const int HeaderBytes = 8 * 1024;

    private static readonly ClientMetadata AllWrong = new ClientMetadata
    {
        RedirectUris = [.. Enumerable.Range(0, 20).Select(n => $"http://{new string('x', 100)}.example/{n}")],
        GrantTypes = [.. Enumerable.Range(0, 20).Select(n => $"grant-{new string('x', 100)}-{n}")],
        ResponseTypes = [.. Enumerable.Range(0, 20).Select(n => $"type-{new string('x', 100)}-{n}")],
        Scope = string.Join(' ', Enumerable.Range(0, 250).Select(n => $"s{n}")),
        Localized = Enumerable.Range(0, 50).ToDictionary(n => $"logo_uri#en-{n}", _ => "javascript:x"),
        TokenEndpointAuthMethod = "foo",
        ApplicationType = "desktop",
        ClientName = "\0",
        JwksUri = "x",
        Jwks = JsonElement.Parse("{}"),
    }
        .With(CoreMembers.Contacts, Enumerable.Repeat("\0", 20).ToArray())
        .With(CoreMembers.ClientUri, "x")
        .With(CoreMembers.LogoUri, "x")
        .With(CoreMembers.TosUri, "x")
        .With(CoreMembers.PolicyUri, "x")
        .With(CoreMembers.SoftwareId, "\0")
        .With(CoreMembers.SoftwareVersion, "\0");

    /// <summary>As above, and every member of another specification wrong as well, for a server that has them all.</summary>
    private static readonly ClientMetadata EvenMoreWrong = SampleMembers.Extensions.Aggregate(
        AllWrong with
        {
            TokenEndpointAuthMethod = "tls_client_auth",
            GrantTypes = [.. AllWrong.GrantTypes.Take(18), GrantTypes.AuthorizationCode, GrantTypes.Ciba],
        },
        (client, member) => client.Stating(member, member.Kind switch
        {
            MemberKind.Texts => $"[{string.Join(',', Enumerable.Repeat($"\"{new string('x', 100)}\"", 20))}]",
            MemberKind.Flag => "true",
            MemberKind.Number => "-1",
            MemberKind.Json => """{"x":1}""",
            _ => $"\"{new string('x', 3000)}\"",
        }));

    public static TheoryData<bool> Documents { get; } = [false, true];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Fit_in_the_headers_of_a_grpc_answer(bool withExtensions)
    {
        var result = withExtensions
            ? MetadataRules.Validate(EvenMoreWrong, Policies.Full)
            : MetadataRules.Validate(AllWrong, Policies.Compat);
        var fault = new RegistrationFault.InvalidMetadata(result.Violations);
        var details = GrpcFault.ToRpcException(fault, "/grpcdcr.v1.ClientRegistration/RegisterClient").Trailers.Sum(
            entry => entry.IsBinary ? entry.ValueBytes.Length * 4 / 3 : entry.Value.Length);
        Assert.InRange(details + fault.Description.Length, 1, HeaderBytes);
    }

    [Fact]
    public void Name_every_member_that_is_wrong()
    {
        string[] wrong =
        [
            "application_type", "client_name", "client_uri", "contacts", "grant_types", "jwks", "jwks_uri", "logo_uri", "policy_uri",
            "redirect_uris",
            "response_types", "scope", "software_id", "software_version", "token_endpoint_auth_method", "tos_uri",
        ];
        var named = MetadataRules.Validate(AllWrong, Policies.Compat).Violations.Select(violation => violation.Member.Split('#')[0]);
        Assert.Equal(wrong, named.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Name_several_faults_of_one_member()
    {
        var asked = new ClientMetadata
        {
            RedirectUris = [
            "https://client.example/#a", "https://client.example/cb", "http://client.example/"]
        };
        var violations = MetadataRules.Validate(asked, Policies.Compat).Violations;
        Assert.Equal(2, violations.Count);
        Assert.StartsWith(
            "redirect_uris[0] 'https://client.example/#a' has a fragment", violations[0].Description, StringComparison.Ordinal);
        Assert.StartsWith("redirect_uris[2] 'http://client.example/' uses http", violations[1].Description, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("7591-6-01", "contacts[0] has a control character; none is allowed.")]
    public void Do_not_quote_personal_data(string id, string expected)
    {
        var asked = new ClientMetadata { RedirectUris = ["https://client.example/cb"] }.With(
            CoreMembers.Contacts, new[] { "eve@client.example\0" });
        Assert.Equal((id, expected), (id, Assert.Single(MetadataRules.Validate(asked, Policies.Compat).Violations).Description));
    }

    [Theory]
    [InlineData("https://user:secret@client.example/cb")]
    [InlineData("com.example.app://user:secret@x/cb")]
    public void Do_not_quote_passwords(string uri)
    {
        var violation = Assert.Single(MetadataRules.Validate(new ClientMetadata { RedirectUris = [uri] }, Policies.Compat).Violations);
        Assert.DoesNotContain("secret", violation.Description, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("7591-3.2.2-02", "https://x.example/\u202e\"<script>alert('x')</script>")]
    [InlineData("6749-A-07", "https://x.example/\r\nSet-Cookie: \\")]
    public void Quote_only_what_cannot_harm(string id, string uri)
    {
        var violation = Assert.Single(MetadataRules.Validate(new ClientMetadata { RedirectUris = [uri] }, Policies.Compat).Violations);
        Assert.True(violation.Description.AsSpan().IndexOfAny('<', '>', '&') < 0, id);
        PlainAscii.Check(violation.Description);
    }
}
