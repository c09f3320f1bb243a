using System.Reflection;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using GrpcDcr.Admin.V1;
using GrpcDcr.Directory.V1;
using GrpcDcr.V1;

namespace GrpcDcr.Client.Tests;

public sealed class SecretTextTests
{
    /// <summary>End like secrets and are none: they say where a listing goes on.</summary>
    private static readonly string[] NoSecrets = ["page_token", "next_page_token"];

    private static readonly IEnumerable<MessageDescriptor> Messages = typeof(ClientInformation).Assembly.GetExportedTypes()
        .Where(type => type.IsClass && typeof(IMessage).IsAssignableFrom(type))
        .Select(type => (MessageDescriptor)type.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!)
        .Where(message => IsOurs(message));

    /// <summary>Every message that a secret lies in, at whatever depth.</summary>
    public static TheoryData<string> Carriers => [.. Messages.Where(Carries).Select(NameOf).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Carriers))]
    public void No_message_prints_a_secret_wherever_it_stands(string name)
    {
        var printed = Filled(Messages.Single(message => NameOf(message) == name)).ToString()!;
        Assert.Contains("\"***\"", printed);
        Assert.DoesNotContain("hush", printed);
    }

    [Fact]
    public void These_messages_carry_secrets() => Assert.Equal(
        [
            "admin.v1.CreateClientResponse",
            "admin.v1.IssueInitialAccessTokenResponse",
            "admin.v1.ReissueRegistrationAccessTokenResponse",
            "admin.v1.RotateClientSecretResponse",
            "admin.v1.UpdateClientResponse",
            "directory.v1.AuthenticateClientRequest",
            "directory.v1.RevealClientSecretResponse",
            "v1.ClientInformation",
            "v1.ClientUpdate",
            "v1.ReadClientResponse",
            "v1.RegisterClientResponse",
            "v1.UpdateClientRequest",
            "v1.UpdateClientResponse",
        ],
        Carriers.Select(row => row.Data));

    [Fact]
    public void What_is_no_secret_is_printed()
    {
        var registered = new ClientInformation { ClientId = "c1", ClientSecret = "hush", RegistrationAccessToken = "hush" };
        Assert.Contains("\"client_id\": \"c1\"", registered.ToString());
        var record = new InitialAccessToken { InitialAccessTokenId = "t1" };
        Assert.Contains("\"t1\"", new IssueInitialAccessTokenResponse { Token = "hush", InitialAccessToken = record }.ToString());
    }

    [Fact]
    public void An_absent_secret_is_not_printed() => Assert.All<object>(
        [new ClientInformation(), new ClientUpdate(), new IssueInitialAccessTokenResponse(), new RevealClientSecretResponse()],
        message => Assert.Equal("{ }", message.ToString()));

    [Fact]
    public void Bytes_and_json_keep_the_secret()
    {
        var issued = new ClientInformation { ClientSecret = "hush", RegistrationAccessToken = "hush" };
        Assert.Equal(issued, ClientInformation.Parser.ParseFrom(issued.ToByteArray()));
        Assert.Contains("hush", JsonFormatter.Default.Format(issued));
    }

    private static bool Carries(MessageDescriptor message) => message.Fields.InDeclarationOrder().Any(IsSecretOrCarriesOne);

    private static bool IsSecretOrCarriesOne(FieldDescriptor field) => IsSecret(field) || (IsOurs(field) && Carries(field.MessageType));

    private static bool IsOurs(FieldDescriptor field) =>
        field is { FieldType: FieldType.Message, IsMap: false } && IsOurs(field.MessageType);

    /// <summary>Messages of different packages may have the same name.</summary>
    private static string NameOf(MessageDescriptor message) => message.FullName["grpcdcr.".Length..];

    private static bool IsOurs(MessageDescriptor message) => message.File.Package.StartsWith("grpcdcr.", StringComparison.Ordinal);

    private static bool IsSecret(FieldDescriptor field) =>
        field.FieldType == FieldType.String && !NoSecrets.Contains(field.Name) && field.Name.TrimEnd('s') is var name
        && (name.EndsWith("secret", StringComparison.Ordinal) || name.EndsWith("token", StringComparison.Ordinal));

    /// <summary>A message with a secret in every place for one.</summary>
    private static IMessage Filled(MessageDescriptor descriptor)
    {
        var message = descriptor.Parser.ParseFrom(ByteString.Empty);
        foreach (var field in descriptor.Fields.InDeclarationOrder().Where(IsSecretOrCarriesOne))
        {
            object value = IsSecret(field) ? "hush" : Filled(field.MessageType);
            if (field.IsRepeated)
            {
                ((System.Collections.IList)field.Accessor.GetValue(message)).Add(value);
            }
            else
            {
                field.Accessor.SetValue(message, value);
            }
        }

        return message;
    }
}
