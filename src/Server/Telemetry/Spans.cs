using System.Diagnostics;

namespace GrpcDcr.Server.Telemetry;

/// <summary>The spans of the service, in the source <c>GrpcDcr</c>. While nobody listens there are none.</summary>
internal static class Spans
{
    public const string SourceName = "GrpcDcr";

    private static readonly ActivitySource Source = new(SourceName);

    public static bool AreObserved => Source.HasListeners();

    /// <summary>One change, until it is durable: a child of the request that makes it.</summary>
    /// <param name="engine">One of the values of <see cref="Attributes.Engine"/>.</param>
    public static Activity? StartCommit(string engine)
    {
        var span = Source.StartActivity("store commit", ActivityKind.Client);
        span?.SetTag(Attributes.Engine.Name, engine);
        span?.SetTag("db.operation.name", "commit");
        return span;
    }

    /// <summary>
    /// One read of the embedded store that memory could not answer: a child of the request. What the service reads for itself is no span.
    /// </summary>
    /// <param name="operation">One of the values of <see cref="Attributes.Operation"/>.</param>
    /// <param name="collection">One of the values of <see cref="Attributes.Collection"/>.</param>
    public static Activity? StartRead(string operation, string collection)
    {
        if (Activity.Current is null)
        {
            return null;
        }

        var span = Source.StartActivity("store read", ActivityKind.Client);
        span?.SetTag(Attributes.Engine.Name, Attributes.LiteDb);
        span?.SetTag(Attributes.Operation.Name, operation);
        span?.SetTag(Attributes.Collection.Name, collection);
        return span;
    }

    /// <summary>One fetch of a document: a child of the first request that needs it.</summary>
    /// <param name="host">The host that is connected to.</param>
    /// <param name="port">Its port.</param>
    public static Activity? StartFetch(string host, int port)
    {
        var span = Source.StartActivity("document fetch", ActivityKind.Client);
        span?.SetTag("server.address", host);
        span?.SetTag("server.port", port);
        return span;
    }

    /// <summary>Completes the span of a gRPC call: its HTTP status does not say how it ended.</summary>
    /// <param name="span">The span of the request.</param>
    /// <param name="method">One of the methods of the services.</param>
    /// <param name="status">One of the values of <see cref="Attributes.RpcStatus"/>.</param>
    /// <param name="isFailure">Whether the status is one of <see cref="Attributes.RpcError"/>.</param>
    public static void SetCall(this Activity span, string method, string status, bool isFailure)
    {
        if (!span.IsAllDataRequested)
        {
            return;
        }

        span.SetTag(Attributes.RpcSystem.Name, Attributes.Grpc);
        span.SetTag(Attributes.RpcMethod.Name, method);
        span.SetTag(Attributes.RpcStatus.Name, status);
        if (isFailure)
        {
            span.SetTag(Attributes.RpcError.Name, status);
            span.SetStatus(ActivityStatusCode.Error);
        }
    }

    /// <param name="span">The span; <see langword="null"/> if nobody listens.</param>
    /// <param name="error">Why it failed, one of a closed set; <see langword="null"/> if it succeeded.</param>
    public static void End(this Activity? span, string? error)
    {
        if (span is not null && error is not null)
        {
            span.SetTag(Attributes.StoreError.Name, error);
            span.SetStatus(ActivityStatusCode.Error);
        }

        span?.Dispose();
    }
}
