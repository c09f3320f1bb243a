using GrpcDcr.Server.Endpoints.Errors;
using GrpcDcr.Server.Endpoints.Security;
using GrpcDcr.Server.Errors;

namespace GrpcDcr.Server.Endpoints.Http;

/// <summary>
/// The HTTP behaviour of the transcoded endpoints of one listener. Transcoding always answers 200 and has its own format for errors, some
/// of which occur before any interceptor runs. A profile therefore wraps it: it passes a request on which transcoding cannot fail, and
/// writes the response or the error itself. The call has already been authorized.
/// </summary>
internal abstract class HttpProfile(Listener listener)
{
    public Listener Listener => listener;

    /// <param name="http">The request.</param>
    /// <param name="transcoded">The transcoded endpoint.</param>
    public async Task InvokeAsync(HttpContext http, RequestDelegate transcoded)
    {
        ResponseHeaders.ForbidStoring(http.Response);
        try
        {
            await PrepareAsync(http);
        }
        catch (RegistrationRefusedException refused)
        {
            await ListenerErrors.WriteAsync(http, refused.Fault);
            return;
        }

        await using var answer = AnswerOf(http);
        var body = http.Response.Body;
        http.Response.Body = answer;
        try
        {
            await transcoded(http);
        }
        finally
        {
            http.Response.Body = body;
        }

        if (http.RequestAborted.IsCancellationRequested)
        {
            return;
        }

        if (http.Response.StatusCode == StatusCodes.Status200OK)
        {
            await AnswerAsync(http, answer);
        }
        else
        {
            await ListenerErrors.WriteAsync(http, http.Features.Get<RegistrationFault>() ?? FaultOf(http.Response.StatusCode));
        }
    }

    /// <summary>Checks the request and converts it for transcoding.</summary>
    /// <exception cref="RegistrationRefusedException">The request is not acceptable.</exception>
    protected abstract ValueTask PrepareAsync(HttpContext http);

    /// <summary>Gets what transcoding writes.</summary>
    protected virtual MemoryStream AnswerOf(HttpContext http) => new();

    /// <summary>Writes the response of a successful call.</summary>
    protected abstract Task AnswerAsync(HttpContext http, MemoryStream answer);

    /// <summary>A request that transcoding refused before the service was called.</summary>
    private static RegistrationFault FaultOf(int status) => status is >= 400 and < 500
        ? new RegistrationFault.MalformedRequest("The request is not well-formed: a path, query or body value has the wrong type.")
        : new RegistrationFault.Internal();
}
