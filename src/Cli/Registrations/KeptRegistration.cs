using System.Text.Json.Serialization;

namespace GrpcDcr.Cli.Registrations;

/// <summary>A client that this program registered, and how to manage it (RFC 7592).</summary>
internal sealed record KeptRegistration
{
    [JsonRequired]
    public string ClientId { get; init; } = "";

    [JsonRequired]
    public string RegistrationClientUri { get; init; } = "";

    [JsonRequired]
    public string RegistrationAccessToken { get; init; } = "";

    /// <summary>The issuer, or the registration endpoint where none was named.</summary>
    public string? Server { get; init; }

    public string? ClientName { get; init; }

    public override string ToString() => $"{ClientId} at {RegistrationClientUri}";
}

/// <summary>How they are read and written, without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    WriteIndented = true)]
[JsonSerializable(typeof(List<KeptRegistration>))]
internal sealed partial class KeptRegistrationJson : JsonSerializerContext;
