using GrpcDcr.Server.Errors;

namespace GrpcDcr.Server.Endpoints.Http;

/// <summary>Limits the total time of a body, however steadily it arrives: a slow body must not delay a stop of the service.</summary>
internal sealed class BodyTimeLimit(RequestOptions options, TimeProvider time)
{
    /// <param name="http">The request.</param>
    /// <param name="read">Reads the body until its token is cancelled.</param>
    /// <exception cref="RegistrationRefusedException">The body took too long, or <paramref name="read"/> refused it.</exception>
    public async ValueTask<T> ReadAsync<T>(HttpContext http, Func<CancellationToken, ValueTask<T>> read)
    {
        using var late = new CancellationTokenSource(options.BodyTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, http.RequestAborted);
        try
        {
            return await read(either.Token);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            throw TooSlow();
        }
        catch (BadHttpRequestException bad) when (bad.StatusCode == StatusCodes.Status408RequestTimeout)
        {
            // Kestrel refuses a body that arrives at less than 240 bytes a second.
            throw TooSlow();
        }
    }

    private RegistrationRefusedException TooSlow() => new(new RegistrationFault.BodyTooSlow(options.BodyTimeout));
}
