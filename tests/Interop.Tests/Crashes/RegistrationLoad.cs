using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Threading.Channels;
using GrpcDcr.TestKit.Running;

namespace GrpcDcr.Interop.Tests.Crashes;

/// <summary>Concurrent registrations over HTTP, and an administrator who approves some, until the server is killed under them.</summary>
internal sealed class RegistrationLoad(ServerProcess server, Ledger ledger, int round)
{
    private const int Writers = 8;

    /// <summary>Every so many acknowledged clients, one is approved.</summary>
    private const int ApprovedOneIn = 5;

    private readonly Channel<string> _toApprove = Channel.CreateUnbounded<string>();
    private readonly TaskCompletionSource _enough = new();
    private int _acknowledged;

    /// <param name="acknowledgements">The server is killed the moment so many have arrived.</param>
    /// <returns>The clients acknowledged in this round.</returns>
    public async Task<IReadOnlyList<string>> RunUntilKilledAsync(int acknowledgements)
    {
        var before = ledger.Clients.Keys.ToHashSet(StringComparer.Ordinal);
        var writers = Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => WriteAsync(writer, acknowledgements)));
        var approver = ApproveAsync();
        await Task.WhenAny(_enough.Task, writers);
        await server.Process.KillAsync();
        await writers;
        _toApprove.Writer.Complete();
        await approver;
        return [.. ledger.Clients.Keys.Where(id => !before.Contains(id))];
    }

    private async Task WriteAsync(int writer, int acknowledgements)
    {
        for (var turn = 0; ; turn++)
        {
            var name = $"round{round}-writer{writer}-{turn}";
            var method = turn % 2 == 0 ? "client_secret_basic" : "client_secret_post";
            try
            {
                await RegisterAsync(name, method);
            }
            catch (Exception e) when (e is HttpRequestException or IOException)
            {
                return;
            }

            if (Volatile.Read(ref _acknowledged) >= acknowledgements)
            {
                _enough.TrySetResult();
            }
        }
    }

    private async Task RegisterAsync(string name, string method)
    {
        using var answer = await server.Public.PostAsJsonAsync("/oauth/register", new
        {
            client_name = name,
            redirect_uris = new[] { Acknowledged.RedirectUriOf(name) },
            token_endpoint_auth_method = method,
        });
        if (answer.StatusCode != HttpStatusCode.Created)
        {
            ledger.Surprises.Enqueue($"{name}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
            return;
        }

        var client = await answer.Content.ReadFromJsonAsync<JsonElement>();
        var clientId = client.GetProperty("client_id").GetString()!;
        if (!ledger.Clients.TryAdd(clientId, new Acknowledged(name, method, client.GetProperty("client_secret").GetString()!)))
        {
            ledger.Surprises.Enqueue($"{name}: was given the client_id {clientId} of another client.");
        }

        if (Interlocked.Increment(ref _acknowledged) % ApprovedOneIn == 0)
        {
            _toApprove.Writer.TryWrite(clientId);
        }
    }

    private async Task ApproveAsync()
    {
        await foreach (var clientId in _toApprove.Reader.ReadAllAsync())
        {
            try
            {
                var seen = await server.Admin.GetFromJsonAsync<JsonElement>($"/admin/v1/clients/{clientId}");
                var act = new { etag = seen.GetProperty("etag").GetString() };
                using var answer = await server.Admin.PostAsJsonAsync($"/admin/v1/clients/{clientId}:approve", act);
                if (answer.StatusCode == HttpStatusCode.OK)
                {
                    ledger.Approved[clientId] = true;
                }
                else
                {
                    ledger.Surprises.Enqueue($"{clientId} approved: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
                }
            }
            catch (Exception e) when (e is HttpRequestException or IOException)
            {
                // The server is gone: whether this approval happened is unknown.
            }
        }
    }
}
