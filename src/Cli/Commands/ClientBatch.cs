using System.CommandLine;
using System.Text.Json.Nodes;
using GrpcDcr.Cli.Output;
using GrpcDcr.Cli.Service;

namespace GrpcDcr.Cli.Commands;

/// <summary>
/// An act on many clients: those that are named, or those that match. They are shown and asked about once, and the act applies only to the
/// versions that were shown.
/// </summary>
/// <param name="session">The run of the command.</param>
/// <param name="api">The service.</param>
/// <param name="act">The name of the command.</param>
/// <param name="asked">The verb of the question.</param>
/// <param name="done">The verb of the message.</param>
internal sealed class ClientBatch(Session session, AdminApi api, string act, string asked, string done)
{
    /// <summary>Clients of one call.</summary>
    private const int CallSize = 1_000;

    /// <summary>Clients that are shown before the question.</summary>
    private const int Shown = 20;

    public static readonly Option<int?> ExpectedCount = new("--expected-count")
    {
        Description = "How many clients match. Nothing is changed if another number does. Needed by --yes where options find the clients.",
        HelpName = "N",
    };

    private readonly List<JsonObject> _first = [];
    private readonly List<(string Id, string Etag)> _clients = [];
    private readonly List<JsonObject> _results = [];
    private int _exitCode = ExitCode.Ok;

    public static bool HasFilter(Session session) => ClientFilters.Options.Any(session.Has);

    /// <param name="ids">The clients. Empty for those that match.</param>
    public async Task<int> RunAsync(string[] ids)
    {
        CheckUsage(ids);
        await (ids.Length > 0 ? FindNamedAsync(ids) : FindMatchingAsync());
        var total = _clients.Count + _results.Count;
        await (_clients.Count > 0 ? ReviewAsync() : Task.CompletedTask);
        try
        {
            await (_clients.Count > 0 ? ActAsync() : Task.CompletedTask);
        }
        finally
        {
            await ShowAsync(total);
        }

        return _exitCode;
    }

    private void CheckUsage(string[] ids)
    {
        if (ids.Length > 0 == HasFilter(session))
        {
            throw CommandFault.Usage($"'clients {act}' needs clients, or options that find them such as --state, and not both.");
        }

        if (session.Has(ActOptions.Etag))
        {
            throw CommandFault.Usage("--etag is the version of one client: name one.");
        }

        if (session.Has(ExpectedCount) ? ids.Length > 0 : ids.Length == 0 && session.Of(ActOptions.Yes))
        {
            throw CommandFault.Usage("--expected-count is how many clients the options find: --yes needs it with them alone.");
        }

        Terminal.MustBeAbleToAsk(session.Of(ActOptions.Yes));
    }

    /// <summary>Finds the clients that exist. The others are refused.</summary>
    private async Task FindNamedAsync(string[] ids)
    {
        foreach (var id in ids.Distinct())
        {
            try
            {
                Found(await api.GetAsync($"clients/{Uri.EscapeDataString(id)}", session.Stop));
            }
            catch (CommandFault fault) when (fault.ExitCode == ExitCode.NotFound)
            {
                var refusal = new JsonObject
                {
                    ["reason"] = ServiceFaults.ClientNotFound,
                    ["description"] = "The client does not exist.",
                };
                Add(new JsonObject { [Resource.Clients.Id] = id, ["refusal"] = refusal });
            }
        }
    }

    private async Task FindMatchingAsync()
    {
        await foreach (var page in api.ListAsync(Resource.Clients, ListFilter.Query(session, ClientFilters.All), null, session.Stop))
        {
            foreach (var client in page)
            {
                Found(client);
            }
        }

        if (session.Of(ExpectedCount) is { } expected && expected != _clients.Count)
        {
            throw new CommandFault(ExitCode.Refused, $"{Text(_clients.Count)} found, and not {expected}. Nothing was changed.");
        }
    }

    private void Found(JsonObject client)
    {
        _clients.Add((JsonText.At(client, Resource.Clients.Id), JsonText.At(client, "etag")));
        if (_first.Count < Shown)
        {
            _first.Add(client);
        }
    }

    private async Task ReviewAsync()
    {
        if (!session.Print.IsQuiet)
        {
            await new Table(Resource.Clients.Columns, Console.Error, color: false).WriteAsync(_first);
            await (_clients.Count > Shown ? session.SayAsync($"and {_clients.Count - Shown} more.") : Task.CompletedTask);
        }

        await Terminal.ConfirmAsync($"{asked} {Text(_clients.Count)}?", session.Of(ActOptions.Yes), session.Stop);
    }

    private async Task ActAsync()
    {
        using var progress = new Progress(_clients.Count, session.Print.IsQuiet);
        var known = _results.Count;
        foreach (var some in _clients.Chunk(CallSize))
        {
            var body = new JsonObject
            {
                ["clients"] = new JsonArray([.. some.Select(client => new JsonObject
                {
                    [Resource.Clients.Id] = client.Id, ["etag"] = client.Etag,
                })]),
            };
            ActOptions.PutReasons(body, session);
            await foreach (var element in api.StreamAsync($"clients:batch{char.ToUpperInvariant(act[0])}{act[1..]}", body, session.Stop))
            {
                if (element["result"] is JsonObject result)
                {
                    Add(result);
                    progress.Report(_results.Count - known);
                }
            }
        }
    }

    private void Add(JsonObject result)
    {
        _results.Add(result);
        if (_exitCode == ExitCode.Ok && result.ContainsKey("refusal"))
        {
            _exitCode = ServiceFaults.ExitCodeOf(JsonText.At(result, "refusal.reason"));
        }
    }

    private async Task ShowAsync(int total)
    {
        var refused = _results.Where(result => result.ContainsKey("refusal")).ToList();
        await session.Print.ListAsync(Pages(), Resource.Results);
        if (session.Print.IsQuiet)
        {
            foreach (var result in refused)
            {
                await Terminal.SayAsync(
                    $"{JsonText.At(result, Resource.Clients.Id)}: {JsonText.At(result, "refusal.reason")}: "
                    + JsonText.At(result, "refusal.description"));
            }
        }

        var reasons = refused.GroupBy(result => JsonText.At(result, "refusal.reason"))
            .Select(group => $" {Text(group.Count())} refused: {group.Key}.");
        await session.SayAsync(
            $"{done} {Text(_results.Count - refused.Count)}.{string.Concat(reasons)}"
            + (_results.Count < total ? $" {total - _results.Count} of {total} are not known." : ""));

        async IAsyncEnumerable<IReadOnlyList<JsonObject>> Pages()
        {
            await Task.CompletedTask;
            if (_results.Count > 0)
            {
                yield return session.Print.IsQuiet ? [.. _results.Except(refused)] : _results;
            }
        }
    }

    private static string Text(int count) => count == 1 ? "1 client" : $"{count} clients";
}
