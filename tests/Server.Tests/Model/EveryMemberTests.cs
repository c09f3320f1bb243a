using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Protobuf;
using GrpcDcr.Server.Endpoints.Discovery;
using GrpcDcr.Server.Endpoints.Http;
using GrpcDcr.Server.Endpoints.Mapping;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;
using GrpcDcr.Server.SoftwareStatements;
using GrpcDcr.Server.Storage.Encoding;
using GrpcDcr.Server.Syntax;
using GrpcDcr.Server.Validation;
using GrpcDcr.TestKit.Samples;

namespace GrpcDcr.Server.Tests.Model;

/// <summary>Every row of the member table goes all the way, so that a new one is covered on the day it is added.</summary>
public sealed class EveryMemberTests
{
    private static readonly AllowedValues NoneNamed = new([], StringComparer.Ordinal);

    public static TheoryData<string> Members { get; } = [.. MetadataMembers.All.Select(member => member.Name)];

    [Theory]
    [MemberData(nameof(Members))]
    public void Comes_in_over_http_and_goes_out_as_it_was(string name)
    {
        var metadata = Read($$"""{"unknown":[{}],"{{name}}":{{JsonFor(name)}}}""");
        Assert.Equal(JsonFor(name), metadata.JsonOf(name));

        var output = new ArrayBufferWriter<byte>();
        ClientInformationWriter.Write(output, new V1.ClientInformation { ClientId = "x" }, metadata);
        Assert.Equal(JsonFor(name), JsonNode.Parse(output.WrittenSpan)![name]!.ToJsonString());
    }

    [Theory]
    [MemberData(nameof(Members))]
    public void Comes_in_over_grpc_and_goes_out_as_it_was(string name)
    {
        var message = Stating(name).ToMessage();
        Assert.True(message.CalculateSize() > 0);
        Assert.Equal(message, message.ToModel().ToMessage());
        Assert.Equal(JsonFor(name), message.ToModel().JsonOf(name));
    }

    [Theory]
    [MemberData(nameof(Members))]
    public void Is_stored_as_the_bytes_of_the_public_message(string name)
    {
        var stored = Stored(Stating(name));
        Assert.Equal(JsonFor(name), MetadataRecord.Decode(stored).JsonOf(name));
        Assert.Equal(Stating(name).ToMessage(), V1.ClientMetadata.Parser.ParseFrom(stored));
    }

    [Theory]
    [MemberData(nameof(Members))]
    public void Has_a_number_that_says_whether_every_server_supports_it(string name)
    {
        var member = MetadataMembers.Find(name)!;
        Assert.Equal(member.Capability != Capability.Always, member.Number >= MetadataMembers.FirstExtension);
        Assert.Equal(member.Capability != Capability.Always, Stating(name).Values.HaveExtensions);
    }

    [Theory]
    [MemberData(nameof(Members))]
    public void Is_refused_where_its_type_is_another(string name)
    {
        var wrong = MetadataMembers.Find(name)!.Kind == MemberKind.Number ? "1.5" : "1";
        var read = Read($$"""{"{{name}}":{{wrong}}}""");
        Assert.Empty(read.Named());
        Assert.Equal(name, Assert.Single(read.Unreadable).Member);
        Assert.Throws<RegistrationRefusedException>(() => Read($$"""{"{{name}}":{{JsonFor(name)}},"{{name}}":{{JsonFor(name)}}}"""));
        Assert.Empty(Read($$"""{"{{name}}":null}""").Named());
    }

    [Theory]
    [MemberData(nameof(Members))]
    public void Is_a_claim_of_software_statements(string name)
    {
        var claims = ClaimedMetadata.Read(JsonElement.Parse($$"""{"{{name}}":{{JsonFor(name)}}}"""), ClaimNames.Read(""), NoneNamed);
        var isClaim = name != CoreMembers.SoftwareStatement;
        Assert.Equal(isClaim ? [name] : [], claims.Members);
        Assert.Equal(isClaim ? JsonFor(name) : "", claims.Values.JsonOf(name));
    }

    [Theory]
    [MemberData(nameof(Members))]
    public void Can_be_required(string name)
    {
        var faults = new List<string>();
        var options = new RegistrationOptions { RequiredMembers = name };
        MemberNameRules.Check(options, (_, word, _) => faults.Add(word));
        Assert.Equal(name == CoreMembers.SoftwareStatement ? [name] : [], faults);
        var policy = new RegistrationPolicy(options);
        Assert.Contains(MissingIn(ClientMetadata.Empty, policy), violation => violation.Member == name);
        Assert.Empty(MissingIn(Stating(name), policy));
    }

    [Theory]
    [MemberData(nameof(Members))]
    public void Widens_as_its_row_says(string name)
    {
        var member = MetadataMembers.Find(name)!;
        var (rule, none) = (member.OnUpdate, ClientMetadata.Empty);
        var (with, other) = (none.Stating(name, ValueFor(member)), none.Stating(name, ValueFor(member, other: true)));
        Assert.True(System.Enum.IsDefined(rule));
        Assert.Empty(Widening.Of(with, with).Members);
        Assert.Equal(rule is OnUpdate.WidensIfAdded or OnUpdate.WidensIfChanged ? [name] : [], Widening.Of(none, with).Members);
        Assert.Equal(rule is OnUpdate.WidensIfAdded or OnUpdate.Harmless ? [] : [name], Widening.Of(with, none).Members);

        // The other value of a flag is false, which is a removal; that of a strength is weaker, and that of a number is greater.
        // All content encryption has one strength: neither of two is stronger.
        var isContentEncryption = name.EndsWith("_enc", StringComparison.Ordinal);
        Assert.Equal(rule == OnUpdate.Harmless ? [] : [name], Widening.Of(with, other).Members);
        Assert.Equal(
            rule is OnUpdate.Harmless or OnUpdate.WidensIfGreater or OnUpdate.WidensIfRemoved
                || (rule == OnUpdate.WidensIfWeaker && !isContentEncryption)
                    ? []
                    : [name],
            Widening.Of(other, with).Members);
        Assert.NotEmpty(WideningReasons.Of(name));
        Assert.Empty(Widening.Of(with, Widening.Of(with, other).Effective).Members);
        Assert.Empty(Widening.Of(with, Widening.Of(with, ClientMetadata.Empty).Effective).Members);
    }

    [Theory]
    [MemberData(nameof(Members))]
    public void Is_published_where_it_is_supported(string name)
    {
        var member = MetadataMembers.Find(name)!;
        Assert.True(Policies.Full.Supports(member), name);
        if (member.Published is { } published)
        {
            var document = new JsonObject();
            PublishedMembers.Apply(Policies.Full, document);
            Assert.Equal(Policies.Full.ValuesOf(member)?.InOrder ?? ["true"], document[published] is JsonArray values
                ? values.Select(value => (string)value!)
                : [document[published]!.ToJsonString()]);
        }
    }

    [Fact]
    public void Translations_go_the_same_way()
    {
        Assert.Equal(9, MetadataMembers.Localizable.Count);
        Assert.All(MetadataMembers.Localizable, member =>
        {
            var metadata = Read($$"""{"{{member}}#ja":"x"}""");
            Assert.Equal("x", metadata.Localized[$"{member}#ja"]);
            Assert.Equal("x", MetadataRecord.Decode(Stored(metadata)).Localized[$"{member}#ja"]);
            var output = new ArrayBufferWriter<byte>();
            ClientInformationWriter.Write(output, new V1.ClientInformation(), metadata);
            Assert.Equal($$"""{"{{member}}#ja":"x"}""", Encoding.UTF8.GetString(output.WrittenSpan));
            Assert.Equal([member.Name], Widening.Of(ClientMetadata.Empty, metadata).Members);
        });
    }

    private static ClientMetadata Read(string document) =>
        OAuthDocumentReader.ReadRegistration(Encoding.UTF8.GetBytes(document), NoneNamed);

    private static ByteString Stored(ClientMetadata metadata)
    {
        using var record = new RecordWriter();
        MetadataRecord.Write(record, metadata);
        return ByteString.CopyFrom(record.ToArray());
    }

    private static IReadOnlyList<Violation> MissingIn(ClientMetadata metadata, RegistrationPolicy policy)
    {
        var violations = new Violations();
        RequiredMemberRules.Check(metadata, metadata, policy, violations);
        return violations.Found;
    }

    private static ClientMetadata Stating(string name) => ClientMetadata.Empty.Stating(name, JsonFor(name));

    /// <summary>A value for comparisons: strengths have a strong value, and a weaker one as the other.</summary>
    private static string ValueFor(MetadataMember member, bool other = false) => member switch
    {
        { OnUpdate: not OnUpdate.WidensIfWeaker } => JsonFor(member, other),
        { Name: "token_endpoint_auth_method" } => other ? "\"none\"" : "\"private_key_jwt\"",
        _ when member.Name.EndsWith("_enc", StringComparison.Ordinal) => other ? "\"A128GCM\"" : "\"A256GCM\"",
        _ when member.Name.Contains("encr", StringComparison.Ordinal) => other ? "\"dir\"" : "\"RSA-OAEP\"",
        _ => other ? "\"HS256\"" : "\"ES256\"",
    };

    private static string JsonFor(string name, bool other = false) => MetadataMembers.Find(name)!.Kind switch
    {
        MemberKind.Text => other ? "\"https://b.example/\"" : "\"https://a.example/\"",
        MemberKind.Texts => other ? "[\"https://b.example/\"]" : "[\"https://a.example/\",\"x\"]",
        MemberKind.Flag => other ? "false" : "true",
        MemberKind.Number => other ? "8" : "7",
        MemberKind.Json => other ? """{"x":{"z":1}}""" : """{"x":{"y":[1.50]}}""",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
