using GrpcDcr.Server.Credentials;

namespace GrpcDcr.Server.Admission;

/// <summary>The bearer token a call shows, before anybody validated it.</summary>
/// <param name="Value">The token; <see langword="null"/> when none was sent, or none that can be read.</param>
/// <param name="Problem">Why what was sent is no token (RFC 6750 section 3.1); <see langword="null"/> when that is not the case.</param>
internal readonly record struct PresentedCredential(Secret? Value, string? Problem = null);
