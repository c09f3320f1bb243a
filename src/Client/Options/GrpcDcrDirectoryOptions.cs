namespace GrpcDcr.Client;

/// <summary>
/// How an authorization server reaches the client directory: with a token of the role <c>directory</c>. The deadline is 2 s by default, for
/// people wait for the answer.
/// </summary>
public sealed class GrpcDcrDirectoryOptions() : GrpcDcrRoleOptions(TimeSpan.FromSeconds(2));
