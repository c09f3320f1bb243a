using Google.Protobuf;

namespace GrpcDcr.V1;

// Messages that carry a client secret print it as ***, so that no log line shows one by accident. Their bytes, and
// JsonFormatter.Format, are what they always were.

public partial class ClientInformation : ICustomDiagnosticMessage
{
    string ICustomDiagnosticMessage.ToDiagnosticString()
    {
        var copy = Clone();
        if (copy.HasClientSecret)
            copy.ClientSecret = SecretsInText.Masked;
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

internal static class SecretsInText
{
    public const string Masked = "***";

    public static string Format(IMessage message) => JsonFormatter.Default.Format(message);
}
