namespace GrpcDcr.Client;

/// <summary>
/// The options for client secrets in plain text: a token with the role <c>secrets</c>. The deadline is 2 s by default, because users wait
/// for the response.
/// </summary>
public sealed class GrpcDcrClientSecretsOptions() : GrpcDcrRoleOptions(TimeSpan.FromSeconds(2));
