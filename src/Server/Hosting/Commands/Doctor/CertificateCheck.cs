using System.Security.Cryptography.X509Certificates;
using GrpcDcr.Server.Endpoints.Security;
using GrpcDcr.Server.Hosting.Settings;

namespace GrpcDcr.Server.Hosting.Commands.Doctor;

/// <summary>
/// The certificate that each https listener presents: whether it is valid now, and whether that of the public listener has the host that
/// clients use. The listeners are asked themselves, so that a certificate that was replaced and not taken up is found.
/// </summary>
internal static class CertificateCheck
{
    private static readonly TimeSpan Soon = TimeSpan.FromDays(21);

    public static async Task<Finding[]> FindAsync(ServerSettings settings, CancellationToken cancellationToken)
    {
        var secure = Listener.All.Where(listener => settings.Listeners.Urls[listener].Scheme == Uri.UriSchemeHttps).ToList();
        if (secure.Count == 0)
        {
            return [Finding.Good("no listener has https.")];
        }

        var findings = new List<Finding>();
        foreach (var listener in secure)
        {
            using var certificate = await PresentedCertificate.AtAsync(settings.Listeners.ReachableUrlOf(listener), cancellationToken);
            findings.Add(certificate is null
                ? Finding.Warning($"{listener.Name} does not answer, so that its certificate cannot be seen.")
                : Evaluate(listener, certificate, HostOf(settings, listener), TimeProvider.System.GetUtcNow()));
        }

        return [.. findings];
    }

    internal static Finding Evaluate(Listener listener, X509Certificate2 certificate, string? host, DateTimeOffset now)
    {
        var (start, end) = (certificate.NotBefore.ToUniversalTime(), certificate.NotAfter.ToUniversalTime());
        return now > end ? Finding.Failed($"the certificate of {listener.Name} expired at {end:u}.")
            : now < start ? Finding.Failed($"the certificate of {listener.Name} is not valid before {start:u}.")
            : host is not null && !certificate.MatchesHostname(host)
                ? Finding.Failed($"the certificate of {listener.Name} is not for {host}, which PublicBaseUrl names.")
            : now + Soon > end ? Finding.Warning($"the certificate of {listener.Name} expires at {end:u}.")
            : Finding.Good($"the certificate of {listener.Name} is valid until {end:u}.");
    }

    /// <summary>Behind a proxy clients see the certificate of the proxy.</summary>
    private static string? HostOf(ServerSettings settings, Listener listener) =>
        listener == Listener.Public && settings.TrustedProxies.Count == 0 && settings.PublicBaseUrl is { } origin
            ? new Uri(origin).DnsSafeHost
            : null;
}
