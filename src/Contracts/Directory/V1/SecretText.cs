using Google.Protobuf;

namespace GrpcDcr.Directory.V1;

public partial class AuthenticateClientRequest : ICustomDiagnosticMessage
{
    string ICustomDiagnosticMessage.ToDiagnosticString() =>
        SecretText.Format(new AuthenticateClientRequest(this) { ClientSecret = SecretText.Masked });
}

public partial class RevealClientSecretResponse : ICustomDiagnosticMessage
{
    string ICustomDiagnosticMessage.ToDiagnosticString() =>
        SecretText.Format(new RevealClientSecretResponse { ClientSecrets = { ClientSecrets.Select(_ => SecretText.Masked) } });
}
