using Google.Protobuf;

namespace GrpcDcr.V1;

// Messages that carry a secret or a token print it as ***, so that no log line shows one by accident; so do the messages around them. Their
// bytes, and JsonFormatter.Format, are what they always were.

public partial class ClientInformation : ICustomDiagnosticMessage
{
    string ICustomDiagnosticMessage.ToDiagnosticString()
    {
        var copy = Clone();
        if (copy.HasClientSecret)
        {
            copy.ClientSecret = SecretsInText.Masked;
        }
        if (copy.RegistrationAccessToken.Length > 0)
        {
            copy.RegistrationAccessToken = SecretsInText.Masked;
        }
        return SecretsInText.Format(copy);
    }
}

public partial class ClientUpdate : ICustomDiagnosticMessage
{
    string ICustomDiagnosticMessage.ToDiagnosticString()
    {
        var copy = Clone();
        if (copy.HasClientSecret)
        {
            copy.ClientSecret = SecretsInText.Masked;
        }
        return SecretsInText.Format(copy);
    }
}

public partial class IssueInitialAccessTokenResponse : ICustomDiagnosticMessage
{
    string ICustomDiagnosticMessage.ToDiagnosticString()
    {
        var copy = Clone();
        if (copy.Token.Length > 0)
        {
            copy.Token = SecretsInText.Masked;
        }
        return SecretsInText.Format(copy);
    }
}

public partial class RotateClientSecretResponse : ICustomDiagnosticMessage
{
    string ICustomDiagnosticMessage.ToDiagnosticString() =>
        SecretsInText.Format(new RotateClientSecretResponse(this) { ClientSecret = SecretsInText.Masked });
}

public partial class AuthenticateClientRequest : ICustomDiagnosticMessage
{
    string ICustomDiagnosticMessage.ToDiagnosticString() =>
        SecretsInText.Format(new AuthenticateClientRequest(this) { ClientSecret = SecretsInText.Masked });
}

public partial class RevealClientSecretResponse : ICustomDiagnosticMessage
{
    string ICustomDiagnosticMessage.ToDiagnosticString() =>
        SecretsInText.Format(new RevealClientSecretResponse { ClientSecrets = { ClientSecrets.Select(_ => SecretsInText.Masked) } });
}

internal static class SecretsInText
{
    public const string Masked = "***";

    /// <summary>For a message whose own secrets are masked; no message inside it may have any.</summary>
    public static string Format(IMessage message) => JsonFormatter.Default.Format(message);
}
