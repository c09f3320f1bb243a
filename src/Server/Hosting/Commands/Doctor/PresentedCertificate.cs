using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace GrpcDcr.Server.Hosting.Commands.Doctor;

/// <summary>The certificate that a server presents, whether it is trusted or not.</summary>
internal static class PresentedCertificate
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <returns><see langword="null"/> if there is no server, or it presents none.</returns>
    public static async Task<X509Certificate2?> AtAsync(Uri url, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Timeout);
        X509Certificate2? presented = null;
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(url.DnsSafeHost, url.Port, limit.Token);
            await using var tls = new SslStream(client.GetStream());
            await tls.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = url.DnsSafeHost,
                    RemoteCertificateValidationCallback = (_, certificate, _, _) =>
                    {
                        presented = certificate is null ? null : X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
                        return false;
                    },
                },
                limit.Token);
        }
        catch (Exception e) when (
            e is SocketException or IOException or AuthenticationException
            || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // The connection ends as soon as the certificate has been seen.
        }

        return presented;
    }
}
