using System.Net;
using GrpcDcr.Resilience.Tests.Deployment;
using GrpcDcr.Resilience.Tests.Histories;

namespace GrpcDcr.Resilience.Tests.Load;

/// <summary>One who registers clients and manages them by RFC 7592: reads, updates, deletes, one after the other.</summary>
internal sealed class ClientLoad(HttpListenerClient listener, Recorder recorder, Population population)
{
    private const string Endpoint = "/oauth/register";

    /// <summary>More clients than that are not kept at hand.</summary>
    private const int MaxClients = 4;

    /// <summary>The machine has to run the service, the database and the callers.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(15);

    private readonly List<OwnClient> _clients = [];

    public async Task RunAsync(CancellationToken ending)
    {
        for (var turn = 0; !ending.IsCancellationRequested; turn++)
        {
            await TakeTurnAsync(turn);
            await Task.Delay(Pause, TimeProvider.System, CancellationToken.None);
        }
    }

    /// <returns>The client; <see langword="null"/> when there was no answer.</returns>
    public async Task<OwnClient?> RegisterAsync()
    {
        var (mark, begin) = (recorder.NextMark(), recorder.Now);
        var answer = await listener.SendAsync(HttpMethod.Post, Endpoint, null, DocumentOf(mark, null));
        if (answer is not { Status: HttpStatusCode.Created })
        {
            Surprise(answer, "registration");
            recorder.Changed(mark, null, begin, answer is null ? Told.Nothing : Told.Refused);
            return null;
        }

        var client = new OwnClient(
            answer.Text("client_id"), answer.Text("client_secret"))
        { Token = answer.Text("registration_access_token") };
        recorder.Changed(mark, client.Id, begin, Told.Done);
        return client;
    }

    private Task TakeTurnAsync(int turn)
    {
        var client = _clients.Count == 0 ? null : _clients[turn % _clients.Count];
        return (turn % 8) switch
        {
            _ when client is null => AddAsync(),
            0 or 4 => AddAsync(),
            1 or 3 or 6 => UpdateAsync(client),
            7 when _clients.Count >= MaxClients => DeleteAsync(client),
            _ => ReadAsync(client),
        };
    }

    private async Task AddAsync()
    {
        if (await RegisterAsync() is not { } client)
        {
            return;
        }

        _clients.Add(client);
        population.Watch(client);
        population.Undecided.Writer.TryWrite(client);
    }

    private async Task ReadAsync(OwnClient client)
    {
        var begin = recorder.Now;
        var answer = await listener.SendAsync(HttpMethod.Get, PathOf(client), client.Token, null);
        if (answer is { Status: HttpStatusCode.OK })
        {
            client.Token = answer.Text("registration_access_token");
            var content = answer.Text("software_version");
            recorder.Saw(client.Id, begin, stand => stand.Content == content, content);
            return;
        }

        Lost(client, answer, "read");
    }

    private async Task UpdateAsync(OwnClient client)
    {
        var (mark, begin) = (recorder.NextMark(), recorder.Now);
        var answer = await listener.SendAsync(HttpMethod.Put, PathOf(client), client.Token, DocumentOf(mark, client.Id));
        if (answer is { Status: HttpStatusCode.OK })
        {
            recorder.Changed(mark, client.Id, begin, Told.Done);
            client.Token = answer.Text("registration_access_token");
            return;
        }

        recorder.Changed(mark, client.Id, begin, answer is null ? Told.Nothing : Told.Refused);
        if (answer is { Status: HttpStatusCode.Forbidden })
        {
            recorder.Saw(client.Id, begin, stand => stand.State is "SUSPENDED" or "REJECTED", "that it was stopped");
            return;
        }

        Lost(client, answer, "update");
    }

    /// <summary>Asks once: one that had no answer may have happened.</summary>
    private async Task DeleteAsync(OwnClient client)
    {
        var (mark, begin) = (ClusterTrail.DeletionOf(client.Id), recorder.Now);
        _clients.Remove(client);
        var answer = await listener.SendAsync(HttpMethod.Delete, PathOf(client), client.Token, null);
        recorder.Changed(
            mark, client.Id, begin, answer switch { null => Told.Nothing, { Succeeded: true } => Told.Done, _ => Told.Refused });
        if (answer is not { Succeeded: true })
        {
            Lost(client, answer, "deletion");
            return;
        }

        begin = recorder.Now;
        answer = await listener.SendAsync(HttpMethod.Get, PathOf(client), client.Token, null);
        if (answer is { Status: HttpStatusCode.Unauthorized })
        {
            recorder.Saw(client.Id, begin, stand => stand.IsGone, "its end");
        }
        else
        {
            Surprise(answer, "reading the deleted");
        }
    }

    /// <summary>
    /// A token is refused only where a change without an answer came late and replaced it. Then the client is left alone.
    /// </summary>
    private void Lost(OwnClient client, Answer? answer, string what)
    {
        if (answer is null)
        {
            client.IsUncertain = true;
        }
        else
        {
            _clients.Remove(client);
            if (answer.Status != HttpStatusCode.Unauthorized || !client.IsUncertain)
            {
                Surprise(answer, what);
            }
        }
    }

    private void Surprise(Answer? answer, string what)
    {
        if (answer is not null)
        {
            recorder.Surprises.Enqueue($"{what}: {(int)answer.Status} {answer.Body}");
        }
    }

    private static string PathOf(OwnClient client) => $"{Endpoint}/{client.Id}";

    private static Dictionary<string, object> DocumentOf(string mark, string? clientId)
    {
        var document = new Dictionary<string, object>
        {
            ["client_name"] = "Under load",
            ["redirect_uris"] = new[] { "https://client.example/callback" },
            ["token_endpoint_auth_method"] = "client_secret_basic",
            ["software_version"] = mark,
        };
        if (clientId is not null)
        {
            document["client_id"] = clientId;
        }

        return document;
    }
}
