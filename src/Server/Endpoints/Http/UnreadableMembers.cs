using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Endpoints.Http;

/// <summary>The members of the client metadata in an admin request that could not be put into its message.</summary>
internal sealed record UnreadableMembers(IReadOnlyList<Violation> Violations);
