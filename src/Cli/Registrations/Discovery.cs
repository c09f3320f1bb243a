using GrpcDcr.Cli.Contexts;
using GrpcDcr.Cli.Output;
using GrpcDcr.Cli.Service;

namespace GrpcDcr.Cli.Registrations;

/// <summary>Finds the registration endpoint of an issuer (RFC 8414 section 3; OpenID Connect Discovery 1.0 section 4).</summary>
internal static class Discovery
{
    private const int NotFound = 404;

    /// <param name="http">Sends the requests.</param>
    /// <param name="issuer">The issuer, exactly as its metadata names it.</param>
    /// <param name="allowPlainHttp">Whether plain http may leave this machine.</param>
    /// <param name="stop">Stops the command.</param>
    /// <exception cref="CommandFault">The issuer publishes no metadata, or other metadata, or has no registration endpoint.</exception>
    public static async Task<Uri> EndpointAsync(HttpExchange http, string issuer, bool allowPlainHttp, CancellationToken stop)
    {
        var address = ServiceAddress.CheckUri(issuer, allowPlainHttp, "--issuer");
        foreach (var document in (Uri[])[OAuth(address), OpenId(address)])
        {
            var (status, body) = await http.SendAsync(HttpMethod.Get, document, null, null, null, stop);
            if (status == NotFound)
            {
                continue;
            }

            return status == 200 ? Endpoint(document, body, issuer, allowPlainHttp)
                : throw CommandFault.Failed($"{document} answered with status {status}.");
        }

        throw CommandFault.Failed($"{issuer} publishes no metadata: name its registration endpoint by --endpoint.");
    }

    private static Uri Endpoint(Uri document, string body, string issuer, bool allowPlainHttp)
    {
        var metadata = JsonText.ParseObject(body) ?? throw CommandFault.Failed($"{document} is not a JSON object.");
        if (JsonText.At(metadata, "issuer") is var named && named != issuer)
        {
            throw CommandFault.Failed($"{document} is of the issuer '{named}' and not of '{issuer}' (RFC 8414 section 3.3).");
        }

        return JsonText.At(metadata, "registration_endpoint") is { Length: > 0 } endpoint
            ? ServiceAddress.CheckUri(endpoint, allowPlainHttp, $"registration_endpoint in {document}")
            : throw CommandFault.Failed($"{document} names no registration_endpoint: this server does not register clients.");
    }

    /// <summary>The well-known part goes between the host and the path.</summary>
    private static Uri OAuth(Uri issuer) =>
        new(issuer, $"/.well-known/oauth-authorization-server{issuer.AbsolutePath.TrimEnd('/')}");

    /// <summary>The well-known part goes after the path.</summary>
    private static Uri OpenId(Uri issuer) => new(issuer, $"{issuer.AbsolutePath.TrimEnd('/')}/.well-known/openid-configuration");
}
