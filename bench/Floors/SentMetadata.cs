using System.Text.Json.Serialization;

namespace GrpcDcr.Bench.Floors;

/// <summary>The least a registration endpoint can make of a body: its members, unchecked.</summary>
internal sealed record SentMetadata
{
    public IReadOnlyList<string> RedirectUris { get; init; } = [];

    public IReadOnlyList<string> GrantTypes { get; init; } = [];

    public IReadOnlyList<string> ResponseTypes { get; init; } = [];

    public string? TokenEndpointAuthMethod { get; init; }

    public string? ClientName { get; init; }

    public string? ClientUri { get; init; }

    public string? Scope { get; init; }
}

[JsonSerializable(typeof(SentMetadata))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
internal sealed partial class RegistrationJson : JsonSerializerContext;
