namespace GrpcDcr.Client;

/// <summary>
/// The options for the client directory: a token with the role <c>directory</c>. The deadline is 2 s by default, because users wait for the
/// response.
/// </summary>
public sealed class GrpcDcrDirectoryOptions() : GrpcDcrRoleOptions(TimeSpan.FromSeconds(2));
