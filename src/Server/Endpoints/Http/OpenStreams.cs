using GrpcDcr.Server.Endpoints.Errors;
using GrpcDcr.Server.Errors;

namespace GrpcDcr.Server.Endpoints.Http;

/// <summary>Limits how many calls of one streaming method are open at once: a stream may stay open for ever.</summary>
internal sealed class OpenStreams
{
    /// <summary>Of one method, for all callers together.</summary>
    public const int Limit = 100;

    private static readonly TimeSpan Again = TimeSpan.FromSeconds(10);

    private int _open;

    public async Task InvokeAsync(HttpContext http, RequestDelegate call)
    {
        try
        {
            if (Interlocked.Increment(ref _open) > Limit)
            {
                GrpcDenial.Write(http, new RegistrationFault.TooManyRequests(Again));
                return;
            }

            await call(http);
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }
}
