using System.Text.Json.Nodes;
using GrpcDcr.Cli.Output;
using GrpcDcr.Cli.Service;

namespace GrpcDcr.Cli.OAuth;

/// <summary>The metadata of an issuer (RFC 8414 section 3; OpenID Connect Discovery 1.0 section 4).</summary>
/// <param name="document">Where it is.</param>
/// <param name="metadata">What it says.</param>
internal sealed class Discovery(Uri document, JsonObject metadata)
{
    private const int NotFound = 404;

    /// <param name="http">Sends the requests.</param>
    /// <param name="issuer">The issuer, exactly as its metadata names it.</param>
    /// <param name="address">The same, as an address that credentials may be sent to.</param>
    /// <param name="stop">Stops the command.</param>
    /// <exception cref="CommandFault">The issuer publishes no metadata, or other metadata.</exception>
    public static async Task<Discovery> ReadAsync(HttpExchange http, string issuer, Uri address, CancellationToken stop)
    {
        foreach (var document in (Uri[])[OAuth(address), OpenId(address)])
        {
            var (status, body) = await http.SendAsync(HttpMethod.Get, document, null, null, null, stop);
            if (status == NotFound)
            {
                continue;
            }

            return status == 200 ? Of(document, body, issuer)
                : throw CommandFault.Failed($"{document} answered with status {status}.");
        }

        throw CommandFault.Failed($"{issuer} publishes no metadata.");
    }

    /// <summary>An address that the metadata names.</summary>
    /// <param name="member">The member.</param>
    /// <param name="meaning">What its absence means.</param>
    /// <param name="check">Whether credentials may be sent there; gets the address, and what it is.</param>
    /// <exception cref="CommandFault">It is absent or not acceptable.</exception>
    public Uri Endpoint(string member, string meaning, Func<string, string, Uri> check) =>
        JsonText.At(metadata, member) is { Length: > 0 } endpoint
            ? check(endpoint, $"{member} in {document}")
            : throw CommandFault.Failed($"{document} names no {member}: {meaning}");

    private static Discovery Of(Uri document, string body, string issuer)
    {
        var metadata = JsonText.ParseObject(body) ?? throw CommandFault.Failed($"{document} is not a JSON object.");
        return JsonText.At(metadata, "issuer") is var named && named == issuer
            ? new Discovery(document, metadata)
            : throw CommandFault.Failed($"{document} is of the issuer '{named}' and not of '{issuer}' (RFC 8414 section 3.3).");
    }

    /// <summary>The well-known part goes between the host and the path.</summary>
    private static Uri OAuth(Uri issuer) =>
        new(issuer, $"/.well-known/oauth-authorization-server{issuer.AbsolutePath.TrimEnd('/')}");

    /// <summary>The well-known part goes after the path.</summary>
    private static Uri OpenId(Uri issuer) => new(issuer, $"{issuer.AbsolutePath.TrimEnd('/')}/.well-known/openid-configuration");
}
