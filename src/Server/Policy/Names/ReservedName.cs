using GrpcDcr.Server.Policy.Hosts;

namespace GrpcDcr.Server.Policy.Names;

/// <summary>A name that only some clients may use (RFC 7591 section 5: a client must not be able to pass for another).</summary>
/// <param name="Name">The name as configured, which need not be ASCII.</param>
/// <param name="Targets">Where the redirect URIs of those clients lead; with none, nobody may use the name.</param>
internal sealed record ReservedName(string Name, RedirectTargets Targets);
