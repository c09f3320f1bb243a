using GrpcDcr.Cli.Output;

namespace GrpcDcr.Cli.OAuth;

/// <summary>From an error of RFC 7591 section 3.2.2 or RFC 6750 section 3 to a message and an exit code.</summary>
internal static class OAuthFaults
{
    public static CommandFault From(Uri address, int status, string body)
    {
        var error = JsonText.ParseObject(body);
        var said = JsonText.At(error, "error") is { Length: > 0 } code
            ? $"{code}: {JsonText.At(error, "error_description")}"
            : "no OAuth error";
        return new CommandFault(
            status switch
            {
                404 => ExitCode.NotFound,
                >= 400 and < 500 => ExitCode.Refused,
                _ => ExitCode.Failed,
            },
            $"{address.GetLeftPart(UriPartial.Authority)} answered with status {status}, {said}");
    }
}
