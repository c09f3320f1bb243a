using GrpcDcr.Server.Policy.Hosts;

namespace GrpcDcr.Server.Policy.Names;

/// <summary>A name that only certain clients may use (RFC 7591 section 5: a client must not impersonate another).</summary>
/// <param name="Name">The name as configured, which need not be ASCII.</param>
/// <param name="Targets">The targets of the redirect URIs of those clients; if empty, nobody may use the name.</param>
internal sealed record ReservedName(string Name, RedirectTargets Targets);
