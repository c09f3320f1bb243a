namespace GrpcDcr.Server.Wire.Callers;

/// <summary>
/// Hides every endpoint that does not belong to the door a request came through. The door is a property of the connection, so
/// no header can change it; an endpoint that names no door cannot be reached at all.
/// </summary>
internal static class DoorMiddleware
{
    public static void UseDoors(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        if (http.GetEndpoint() is { } endpoint && !BelongsTo(endpoint, http.Features.Get<Door>()))
        {
            http.SetEndpoint(null);
        }

        return next(http);
    });

    /// <summary>Endpoints that routing makes itself (405) carry no metadata of ours and stay visible.</summary>
    private static bool BelongsTo(Endpoint endpoint, Door? door) =>
        door is not null && (endpoint.Metadata.GetMetadata<Door>() is { } own ? own == door : endpoint is not RouteEndpoint);
}
