using GrpcDcr.Server.Endpoints.Errors;
using GrpcDcr.Server.Endpoints.Security;
using GrpcDcr.Server.Errors;

namespace GrpcDcr.Server.Endpoints.Http;

/// <summary>
/// How transcoded endpoints of one listener speak HTTP. Transcoding always answers 200 and gives errors a shape of its own, some of
/// them before any interceptor runs; so a profile surrounds it: it hands over a request transcoding cannot fail on, and writes the
/// answer or the fault itself. The call was authorized before.
/// </summary>
internal abstract class HttpProfile(Listener listener)
{
    public Listener Listener => listener;

    /// <param name="http">The request.</param>
    /// <param name="transcoded">The endpoint as transcoding made it.</param>
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

        using var answer = await CaptureAsync(http, transcoded);
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

    /// <summary>Checks the request and puts it into the form transcoding reads.</summary>
    /// <exception cref="RegistrationRefusedException">The request is not acceptable.</exception>
    protected abstract ValueTask PrepareAsync(HttpContext http);

    /// <summary>Writes a success.</summary>
    protected abstract Task AnswerAsync(HttpContext http, MemoryStream answer);

    private static async Task<MemoryStream> CaptureAsync(HttpContext http, RequestDelegate transcoded)
    {
        var body = http.Response.Body;
        var answer = new MemoryStream(capacity: 1024);
        http.Response.Body = answer;
        try
        {
            await transcoded(http);
        }
        finally
        {
            http.Response.Body = body;
        }

        return answer;
    }

    /// <summary>What transcoding refused by itself, before any of our code saw the call.</summary>
    private static RegistrationFault FaultOf(int status) => status is >= 400 and < 500
        ? new RegistrationFault.MalformedRequest("The request is not well-formed: a path, query or body value has the wrong type.")
        : new RegistrationFault.Internal();
}
