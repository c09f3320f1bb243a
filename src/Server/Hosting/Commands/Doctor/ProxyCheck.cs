using System.Net;
using System.Security.Authentication;
using System.Text.Json;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Hosting.Settings;

namespace GrpcDcr.Server.Hosting.Commands.Doctor;

/// <summary>
/// Whether clients reach the service at the origin that it tells them, through whatever is in between: a registration without a body comes
/// back with the error of this service for that.
/// </summary>
internal static class ProxyCheck
{
    private const string Path = "/oauth/register";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    public static async Task<Finding[]> FindAsync(ServerSettings settings, CancellationToken cancellationToken)
    {
        if (settings.PublicBaseUrl is not { } origin)
        {
            return [Finding.Good("PublicBaseUrl is not set: clients use the address of the public listener.")];
        }

        using var handler = new HttpClientHandler { AllowAutoRedirect = false, UseProxy = false };
        using var http = new HttpClient(handler) { Timeout = Timeout };
        try
        {
            using var response = await http.PostAsync(new Uri(origin + Path), content: null, cancellationToken);
            return [Evaluate(origin, response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken))];
        }
        catch (HttpRequestException e) when (e.InnerException is AuthenticationException)
        {
            return [Finding.Failed($"the certificate at {origin} is not trusted by this machine, and may not be by clients.")];
        }
        catch (Exception e) when (
            e is HttpRequestException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return
            [
                Finding.Warning(
                    $"nothing answers at {origin} from this machine: start the service and its proxy, or try from where clients are."),
            ];
        }
    }

    internal static Finding Evaluate(string origin, HttpStatusCode status, string body) => (status, DescriptionIn(body)) switch
    {
        (HttpStatusCode.BadRequest, { } problem) when problem == new RegistrationFault.InsecureTransport().Description => Finding.Failed(
            $"the service behind {origin} thinks that callers use plain http: set ForwardedHeaders:TrustedProxies to the address of the "
            + "proxy, and let it send X-Forwarded-Proto."),
        (HttpStatusCode.UnsupportedMediaType or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.TooManyRequests
            or HttpStatusCode.ServiceUnavailable, not null) => Finding.Good($"registrations at {origin} reach the service."),
        (_, null) => Finding.Failed(
            $"{origin}{Path} answers {(int)status} and not as this service: let the proxy send {Path} to the public listener."),
        (_, { } problem) => Finding.Failed($"{origin}{Path} answers {(int)status}: {problem}"),
    };

    /// <summary>The <c>error_description</c> of an OAuth error; <see langword="null"/> if it is none.</summary>
    private static string? DescriptionIn(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("error", out _)
                && document.RootElement.TryGetProperty("error_description", out var description)
                ? description.ToString()
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
