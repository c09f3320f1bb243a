using GrpcDcr.Server.Credentials;

namespace GrpcDcr.Server.Admission;

/// <summary>The bearer token of a call, not validated yet.</summary>
/// <param name="Value">The token; <see langword="null"/> if none was sent, or if it is malformed.</param>
/// <param name="Problem">Why the credential is malformed (RFC 6750 section 3.1); <see langword="null"/> if it is not.</param>
internal readonly record struct PresentedCredential(Secret? Value, string? Problem = null);
