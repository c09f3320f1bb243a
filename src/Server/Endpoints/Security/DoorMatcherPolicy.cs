using Microsoft.AspNetCore.Routing.Matching;

namespace GrpcDcr.Server.Endpoints.Security;

/// <summary>
/// Lets routing see only the endpoints of the listener a request came through. The listener is a property of the connection, so no header
/// can change it; an endpoint that names no listener cannot be reached at all. It decides before the HTTP method does: the wrong method
/// on a path of another listener is 404 like everything else there, not 405.
/// </summary>
internal sealed class DoorMatcherPolicy : MatcherPolicy, INodeBuilderPolicy
{
    /// <summary>Before the policy for HTTP methods of .NET, which is at -1000.</summary>
    public override int Order => -2000;

    public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints) => true;

    public IReadOnlyList<PolicyNodeEdge> GetEdges(IReadOnlyList<Endpoint> endpoints) =>
    [
        .. endpoints
            .Where(endpoint => endpoint.Metadata.GetMetadata<Door>() is not null)
            .GroupBy(endpoint => endpoint.Metadata.GetRequiredMetadata<Door>())
            .Select(door => new PolicyNodeEdge(door.Key, [.. door])),
    ];

    public PolicyJumpTable BuildJumpTable(int exitDestination, IReadOnlyList<PolicyJumpTableEdge> edges) =>
        new Doors(exitDestination, edges.ToDictionary(edge => (Door)edge.State, edge => edge.Destination));

    private sealed class Doors(int nowhere, Dictionary<Door, int> destinations) : PolicyJumpTable
    {
        public override int GetDestination(HttpContext httpContext) =>
            httpContext.Features.Get<Door>() is { } door ? destinations.GetValueOrDefault(door, nowhere) : nowhere;
    }
}
