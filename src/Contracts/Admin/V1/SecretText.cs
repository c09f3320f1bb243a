using Google.Protobuf;

namespace GrpcDcr.Admin.V1;

public partial class IssueInitialAccessTokenResponse : ICustomDiagnosticMessage
{
    string ICustomDiagnosticMessage.ToDiagnosticString()
    {
        var copy = Clone();
        if (copy.Token.Length > 0)
        {
            copy.Token = SecretText.Masked;
        }

        return SecretText.Format(copy);
    }
}

public partial class ReissueRegistrationAccessTokenResponse : ICustomDiagnosticMessage
{
    string ICustomDiagnosticMessage.ToDiagnosticString() =>
        SecretText.Format(new ReissueRegistrationAccessTokenResponse(this) { RegistrationAccessToken = SecretText.Masked });
}

public partial class RotateClientSecretResponse : ICustomDiagnosticMessage
{
    string ICustomDiagnosticMessage.ToDiagnosticString() =>
        SecretText.Format(new RotateClientSecretResponse(this) { ClientSecret = SecretText.Masked });
}

public partial class CreateClientResponse : ICustomDiagnosticMessage
{
    string ICustomDiagnosticMessage.ToDiagnosticString()
    {
        var copy = new CreateClientResponse(this) { RegistrationAccessToken = SecretText.Masked };
        if (copy.HasClientSecret)
        {
            copy.ClientSecret = SecretText.Masked;
        }

        return SecretText.Format(copy);
    }
}

public partial class UpdateClientResponse : ICustomDiagnosticMessage
{
    string ICustomDiagnosticMessage.ToDiagnosticString()
    {
        var copy = Clone();
        if (copy.HasClientSecret)
        {
            copy.ClientSecret = SecretText.Masked;
        }

        return SecretText.Format(copy);
    }
}
