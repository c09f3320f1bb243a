using System.Globalization;
using System.Security.Authentication;

namespace GrpcDcr.Server.Fetching;

/// <summary>Translates exceptions of a fetch: one text for the caller, another for the log.</summary>
internal static class ExchangeProblems
{
    internal const string NotWhole = "did not answer with a complete HTTP response";

    internal const string NotTrusted =
        "is on a server without trusted TLS; TLS 1.2 or later and a valid certificate for the host are required";

    private static readonly string HeadersTooLarge = string.Create(
        CultureInfo.InvariantCulture, $"answered with headers of more than {DocumentExchange.MaxHeadersLength * 1024} bytes");

    private const int LongestCause = 500;

    /// <summary>For the caller, see <see cref="FetchedDocument.Problem"/>.</summary>
    public static string ProblemOf(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case FetchFault fault:
                    return fault.Problem;
                case AuthenticationException or HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError }:
                    return NotTrusted;
                case HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded }
                    or HttpIOException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded }:
                    return HeadersTooLarge;
            }
        }

        return NotWhole;
    }

    /// <summary>For the log: the messages of all inner exceptions. A server can influence them, so line breaks are removed.</summary>
    public static string CauseOf(Exception exception)
    {
        var messages = new List<string>();
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            messages.Add($"{cause.GetType().Name}: {cause.Message}");
        }

        var text = string.Join(" <- ", messages);
        return string.Create(Math.Min(text.Length, LongestCause), text, (shown, all) =>
        {
            for (var i = 0; i < shown.Length; i++)
            {
                shown[i] = all[i] is < ' ' or > '~' ? '?' : all[i];
            }
        });
    }
}
