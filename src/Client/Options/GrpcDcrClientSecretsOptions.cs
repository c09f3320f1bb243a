namespace GrpcDcr.Client;

/// <summary>
/// How an authorization server reaches client secrets in the clear: with a token of the role <c>secrets</c>. The deadline is 2 s by
/// default, for people wait for the answer.
/// </summary>
public sealed class GrpcDcrClientSecretsOptions() : GrpcDcrRoleOptions(TimeSpan.FromSeconds(2));
