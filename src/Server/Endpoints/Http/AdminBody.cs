using System.Text.Json;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Endpoints.Http;

/// <summary>The body of an administrator's request: one JSON object of which every string can be read.</summary>
internal static class AdminBody
{
    /// <exception cref="RegistrationRefusedException">It is none.</exception>
    public static JsonElement Parse(ReadOnlySpan<byte> sent)
    {
        var body = StrictJson.Read(sent, out var fault);
        return body is { ValueKind: JsonValueKind.Object } found
            ? found
            : throw new RegistrationRefusedException(
                new RegistrationFault.MalformedRequest($"The body {fault ?? "is not a JSON object"}."));
    }
}
