using Google.Protobuf;

namespace GrpcDcr.V1;

public partial class ClientInformation : ICustomDiagnosticMessage
{
    string ICustomDiagnosticMessage.ToDiagnosticString()
    {
        var copy = Clone();
        if (copy.HasClientSecret)
        {
            copy.ClientSecret = SecretText.Masked;
        }

        if (copy.RegistrationAccessToken.Length > 0)
        {
            copy.RegistrationAccessToken = SecretText.Masked;
        }

        return SecretText.Format(copy);
    }
}

public partial class ClientUpdate : ICustomDiagnosticMessage
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
