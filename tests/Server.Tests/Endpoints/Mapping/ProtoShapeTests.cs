using Google.Protobuf.Reflection;
using GrpcDcr.Server.Model;
using GrpcDcr.TestKit;
using GrpcDcr.V1;
using ClientMetadata = GrpcDcr.V1.ClientMetadata;
using InitialAccessToken = GrpcDcr.V1.InitialAccessToken;

namespace GrpcDcr.Server.Tests.Endpoints.Mapping;

/// <summary>What all messages of the public contract have in common.</summary>
public sealed class ProtoShapeTests
{
    private static readonly FileDescriptor[] Files =
    [
        AuditLogReflection.Descriptor, ClientReflection.Descriptor, ClientAdministrationReflection.Descriptor, ClientDirectoryReflection.Descriptor,
        ClientInformationReflection.Descriptor, ClientMetadataReflection.Descriptor, ClientRegistrationReflection.Descriptor,
        InitialAccessTokensReflection.Descriptor, RegistrationControlReflection.Descriptor, RegistrationPreviewReflection.Descriptor,
        StorageAdministrationReflection.Descriptor,
    ];

    private static readonly List<MessageDescriptor> Messages = [.. Files.SelectMany(file => file.MessageTypes)];

    [Fact]
    public void Every_proto_is_looked_at() => Assert.Equal(
        Files.Select(file => Path.GetFileName(file.Name)).Order(StringComparer.Ordinal),
        System.IO.Directory.GetFiles(Path.Combine(Repository.Root, "protos/grpcdcr/v1"), "*.proto").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));

    [Fact]
    public void Json_names_are_the_names_of_the_fields() => Assert.All(
        Messages.SelectMany(message => message.Fields.InDeclarationOrder()),
        field => Assert.Equal((field.FullName, field.Name), (field.FullName, field.JsonName)));

    [Fact]
    public void Names_are_snake_case() => Assert.All(
        Messages.SelectMany(message => message.Fields.InDeclarationOrder()), field => Assert.Matches("^[a-z]+(_[a-z]+)*$", field.Name));

    [Fact]
    public void A_client_and_a_token_record_carry_no_credential() => Assert.Equal(
        [], CredentialsIn(Client.Descriptor).Concat(CredentialsIn(InitialAccessToken.Descriptor)).Concat(CredentialsIn(RegistrationPreview.Descriptor)));

    /// <summary>The contract guarantees the JSON type that the table promises, under the number that is stored.</summary>
    [Fact]
    public void Every_row_of_the_member_table_has_a_field_and_every_field_a_row() => Assert.Equal(
        MetadataMembers.All.Select(member => (member.Number, member.Name, member.Kind)),
        ClientMetadata.Descriptor.Fields.InFieldNumberOrder()
            .Where(field => field.Name is not ("localized" or "extensions"))
            .Select(field => (field.FieldNumber, field.JsonName, KindOf(field))));

    private static MemberKind KindOf(FieldDescriptor field) => field switch
    {
        { IsRepeated: true, FieldType: FieldType.String } => MemberKind.Texts,
        { FieldType: FieldType.Bool, HasPresence: true } => MemberKind.Flag,
        { FieldType: FieldType.Int64, HasPresence: true } => MemberKind.Number,
        { FieldType: FieldType.String, HasPresence: true, Name: "jwks" or "vp_formats_supported" } => MemberKind.Object,
        { FieldType: FieldType.String, HasPresence: true } => MemberKind.Text,
        _ => throw new InvalidOperationException(field.FullName),
    };

    [Fact]
    public void Only_what_issues_a_secret_or_checks_it_has_one() => Assert.Equal(
        [
            "AuthenticateClientRequest", "ClientInformation", "ClientUpdate", "IssueInitialAccessTokenResponse", "RevealClientSecretResponse",
            "RotateClientSecretResponse",
        ],
        Messages.Where(message => CredentialFields(message).Any()).Select(message => message.Name).Order(StringComparer.Ordinal));

    /// <summary>Here and in every message within.</summary>
    private static IEnumerable<string> CredentialsIn(MessageDescriptor message) => CredentialFields(message).Concat(
        message.Fields.InDeclarationOrder()
            .Where(field => field.FieldType == FieldType.Message && field.MessageType.File.Package == "grpcdcr.v1" && !field.IsMap)
            .SelectMany(field => CredentialsIn(field.MessageType)));

    private static IEnumerable<string> CredentialFields(MessageDescriptor message) => message.Fields.InDeclarationOrder()
        .Where(field => field.FieldType is FieldType.String or FieldType.Bytes)
        .Select(field => field.Name)
        .Where(name => name.Contains("secret", StringComparison.Ordinal) || name.Contains("hash", StringComparison.Ordinal)
            || name == "token" || name.EndsWith("access_token", StringComparison.Ordinal) || name.Contains("password", StringComparison.Ordinal));
}
