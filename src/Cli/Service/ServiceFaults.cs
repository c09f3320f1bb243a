using System.Text.Json.Nodes;
using GrpcDcr.Cli.Output;

namespace GrpcDcr.Cli.Service;

/// <summary>From a <c>google.rpc.Status</c> to a message and an exit code.</summary>
internal static class ServiceFaults
{
    private const int Unknown = 2;
    private const int DeadlineExceeded = 4;
    private const int NotFound = 5;
    private const int Internal = 13;
    private const int Unavailable = 14;

    public const string ClientNotFound = "CLIENT_NOT_FOUND";

    /// <summary>What the service said. Null if the answer is no <c>google.rpc.Status</c>.</summary>
    public static CommandFault? From(JsonObject status)
    {
        if (!int.TryParse(JsonText.At(status, "code"), out var code))
        {
            return null;
        }

        List<JsonObject> details = [.. (status["details"] as JsonArray ?? []).OfType<JsonObject>()];
        var reason = details.Select(detail => JsonText.At(detail, "reason")).FirstOrDefault(text => text.Length > 0) ?? $"Status {code}";
        var message = JsonText.At(status, "message");
        var violations = details.SelectMany(detail => detail["field_violations"] as JsonArray ?? [])
            .Select(violation => JsonText.At(violation, "description"))
            .Where(text => !message.Contains(text, StringComparison.Ordinal));
        var exitCode = code switch
        {
            NotFound => ExitCode.NotFound,
            Unknown or DeadlineExceeded or Internal or Unavailable => ExitCode.Failed,
            _ => ExitCode.Refused,
        };
        return new CommandFault(exitCode, string.Join("\n  ", violations.Prepend($"{reason}: {message}")))
        {
            IsTransient = exitCode == ExitCode.Failed,
        };
    }

    /// <summary>For one of many clients: a refusal has no code.</summary>
    public static int ExitCodeOf(string reason) => reason switch
    {
        ClientNotFound => ExitCode.NotFound,
        "STORE_UNAVAILABLE" => ExitCode.Failed,
        _ => ExitCode.Refused,
    };

    public static CommandFault NotTheAdminListener(Uri address, int status) => CommandFault.Failed(
        $"{address.GetLeftPart(UriPartial.Authority)} answered with status {status} and not as the admin listener of GrpcDcr does: check "
        + "the address.");
}
