using Google.Protobuf;
using Google.Protobuf.Reflection;
using GrpcDcr.Server.Model;
using GrpcDcr.TestKit;
using GrpcDcr.V1;
using ClientMetadata = GrpcDcr.V1.ClientMetadata;

namespace GrpcDcr.Server.Tests.Endpoints.Mapping;

/// <summary>What all messages of the public contract have in common.</summary>
public sealed class ProtoShapeTests
{
    private static readonly List<MessageDescriptor> Messages =
    [
        .. typeof(ClientInformation).Assembly.GetExportedTypes()
            .Where(type => typeof(IMessage).IsAssignableFrom(type))
            .Select(type => ((IMessage)Activator.CreateInstance(type)!).Descriptor),
    ];

    [Fact]
    public void Every_proto_with_a_message_is_looked_at() => Assert.Equal(
        System.IO.Directory.GetFiles(Path.Combine(Repository.Root, "protos"), "*.proto", SearchOption.AllDirectories)
            .Where(file => File.ReadAllText(file).Contains("\nmessage ", StringComparison.Ordinal))
            .Select(file => Path.GetRelativePath(Path.Combine(Repository.Root, "protos"), file)).Order(StringComparer.Ordinal),
        Messages.Select(message => message.File.Name).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void Json_names_are_the_names_of_the_fields() => Assert.All(
        Messages.SelectMany(message => message.Fields.InDeclarationOrder()),
        field => Assert.Equal((field.FullName, field.Name), (field.FullName, field.JsonName)));

    [Fact]
    public void Names_are_snake_case() => Assert.All(
        Messages.SelectMany(message => message.Fields.InDeclarationOrder()), field => Assert.Matches("^[a-z]+(_[a-z]+)*$", field.Name));

    [Fact]
    public void A_client_and_a_token_record_carry_no_credential() => Assert.Equal(
        [],
        new[]
        {
            Admin.V1.Client.Descriptor, GrpcDcr.Directory.V1.Client.Descriptor, Admin.V1.InitialAccessToken.Descriptor,
            RegistrationPreview.Descriptor,
            Admin.V1.AuditEvent.Descriptor,
        }.SelectMany(message => CredentialsIn(message)));

    [Fact]
    public void An_authorization_server_sees_nothing_that_is_for_administrators() => Assert.Equal(
        ["state_reason", "pending_update", "etag", "admission", "initial_access_token_id", "source_address",
            "resemblances", "approvals", "approvals_needed"],
        Admin.V1.Client.Descriptor.Fields.InDeclarationOrder().Select(field => field.Name)
            .Except(GrpcDcr.Directory.V1.Client.Descriptor.Fields.InDeclarationOrder().Select(field => field.Name)));

    /// <summary>The contract guarantees the JSON type that the table promises, under the number that is stored.</summary>
    [Fact]
    public void Every_row_of_the_member_table_has_a_field_and_every_field_a_row() => Assert.Equal(
        MetadataMembers.All.Select(member => (member.Number, member.Name, member.Kind)),
        ClientMetadata.Descriptor.Fields.InFieldNumberOrder()
            .Where(field => field.Name is not ("localized" or "choices" or "extensions"))
            .Select(field => (field.FieldNumber, field.JsonName, KindOf(field))));

    private static MemberKind KindOf(FieldDescriptor field) => field switch
    {
        { IsRepeated: true, FieldType: FieldType.String } => MemberKind.Texts,
        { FieldType: FieldType.Bool, HasPresence: true } => MemberKind.Flag,
        { FieldType: FieldType.Int64, HasPresence: true } => MemberKind.Number,
        { FieldType: FieldType.String, HasPresence: true, Name: "jwks" or "vp_formats_supported" } => MemberKind.Json,
        { FieldType: FieldType.String, HasPresence: true } => MemberKind.Text,
        _ => throw new InvalidOperationException(field.FullName),
    };

    [Fact]
    public void Only_what_issues_a_secret_or_checks_it_has_one() => Assert.Equal(
        [
            "AuthenticateClientRequest", "ClientInformation", "ClientUpdate", "CreateClientResponse", "IssueInitialAccessTokenResponse",
            "ReissueRegistrationAccessTokenResponse", "RevealClientSecretResponse", "RotateClientSecretResponse", "UpdateClientResponse",
        ],
        Messages.Where(message => CredentialFields(message).Any()).Select(message => message.Name).Order(StringComparer.Ordinal));

    /// <summary>Here and in every message within.</summary>
    private static IEnumerable<string> CredentialsIn(MessageDescriptor message) => CredentialFields(message).Concat(
        message.Fields.InDeclarationOrder()
            .Where(
                field => field.FieldType == FieldType.Message
                    && field.MessageType.File.Package.StartsWith("grpcdcr.", StringComparison.Ordinal)
                    && !field.IsMap)
            .SelectMany(field => CredentialsIn(field.MessageType)));

    private static IEnumerable<string> CredentialFields(MessageDescriptor message) => message.Fields.InDeclarationOrder()
        .Where(field => field.FieldType is FieldType.String or FieldType.Bytes)
        .Select(field => field.Name)
        .Where(name => name.Contains("secret", StringComparison.Ordinal) || name.Contains("hash", StringComparison.Ordinal)
            || name == "token"
                || name.EndsWith("access_token", StringComparison.Ordinal)
                || name.Contains("password", StringComparison.Ordinal));
}
