using Microsoft.AspNetCore.Routing.Matching;

namespace GrpcDcr.Server.Endpoints.Security;

/// <summary>
/// Lets routing see only the endpoints of the listener a request came through. The listener is a property of the connection, so no header
/// can change it; an endpoint without a listener cannot be reached. It runs before the policy for HTTP methods, so that a wrong method on a
/// path of another listener is 404, not 405.
/// </summary>
internal sealed class ListenerMatcherPolicy : MatcherPolicy, INodeBuilderPolicy
{
    /// <summary>Before the policy for HTTP methods of .NET, which is at -1000.</summary>
    public override int Order => -2000;

    public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints) => true;

    public IReadOnlyList<PolicyNodeEdge> GetEdges(IReadOnlyList<Endpoint> endpoints) =>
    [
        .. endpoints
            .Where(endpoint => endpoint.Metadata.GetMetadata<Listener>() is not null)
            .GroupBy(endpoint => endpoint.Metadata.GetRequiredMetadata<Listener>())
            .Select(listener => new PolicyNodeEdge(listener.Key, [.. listener])),
    ];

    public PolicyJumpTable BuildJumpTable(int exitDestination, IReadOnlyList<PolicyJumpTableEdge> edges) =>
        new Table(exitDestination, edges.ToDictionary(edge => (Listener)edge.State, edge => edge.Destination));

    private sealed class Table(int nowhere, Dictionary<Listener, int> destinations) : PolicyJumpTable
    {
        public override int GetDestination(HttpContext httpContext) =>
            httpContext.Features.Get<Listener>() is { } listener ? destinations.GetValueOrDefault(listener, nowhere) : nowhere;
    }
}
