using GrpcDcr.Server.Endpoints.Security;

namespace GrpcDcr.Server.Endpoints.Http;

/// <summary>JSON for administrators: what transcoding writes, and refusals as the JSON form of google.rpc.Status.</summary>
internal sealed class AdminHttpProfile() : HttpProfile(Listener.Admin)
{
    private const string StatePrefix = "CLIENT_STATE_";

    /// <summary>Answers name a state <c>PENDING</c>; a filter may too, though transcoding knows only the whole name of the enum.</summary>
    protected override ValueTask PrepareAsync(HttpContext http)
    {
        if (http.Request.Query["state"] is [{ Length: > 0 } state] && !state.StartsWith(StatePrefix, StringComparison.Ordinal))
        {
            var query = http.Request.Query.Where(pair => pair.Key != "state");
            http.Request.QueryString = QueryString.Create(query).Add("state", StatePrefix + state);
        }

        if (HttpMethods.IsPost(http.Request.Method))
        {
            RegistrationBody.RequireJson(http.Request);
            RegistrationBody.RequireSize(http.Request);

            // Transcoding reads the charset itself, and fails on a quoted one.
            http.Request.ContentType = "application/json";
        }

        return ValueTask.CompletedTask;
    }

    protected override async Task AnswerAsync(HttpContext http, MemoryStream answer)
    {
        http.Response.ContentLength = answer.Length;
        await http.Response.Body.WriteAsync(answer.GetBuffer().AsMemory(0, (int)answer.Length), http.RequestAborted);
    }
}
