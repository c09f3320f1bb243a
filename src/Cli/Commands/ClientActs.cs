using System.CommandLine;
using System.Text.Json.Nodes;
using GrpcDcr.Cli.Output;
using GrpcDcr.Cli.Service;

namespace GrpcDcr.Cli.Commands;

/// <summary>Acts on clients. Each shows the client first, asks, and applies only to the version that was shown.</summary>
internal static class ClientActs
{
    private static readonly Argument<string[]> Ids = new("CLIENT_ID")
    {
        Description = "The clients, one after the other.",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Argument<string[]> AnyIds = new("CLIENT_ID")
    {
        Description = "The clients. Left out if options say which ones.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Argument<string> Id = new("CLIENT_ID") { Description = "The client." };

    private static readonly Option<string[]> Block = new Option<string[]>("--block")
    {
        Description = "Create block rules for this of the client too, so that its program does not come back. May be repeated. Needs "
            + "--reason.",
        HelpName = "SUBJECT",
    }.AcceptOnlyFromAmong(
        StringComparer.OrdinalIgnoreCase, "redirect_host", "software_id", "client_name", "source_network", "document_host");

    public static IEnumerable<Command> Create()
    {
        Option required = new Option<string>(ActOptions.Reason.Name)
        {
            Description = ActOptions.Reason.Description,
            HelpName = "TEXT",
            Required = true,
        };
        return
        [
            OfMany("approve", "Approves clients, or their pending updates.", "Approve", "Approved", ActOptions.Reason),
            OfMany("reject", "Rejects clients, or their pending updates.", "Reject", "Rejected", required, ActOptions.PublicReason),
            OfEach(
                "suspend", "Suspends clients: they cannot be used until they are reinstated.", "Suspend", "Suspended",
                ActOptions.Reason, ActOptions.PublicReason, Block),
            OfEach("reinstate", "Reinstates suspended clients in the state they had.", "Reinstate", "Reinstated", ActOptions.Reason),
            OfMany("delete", "Deletes clients.", "Delete", "Deleted", ActOptions.Reason),
            Replace(
                "rotate-secret", "Issues a new client secret. The previous one stops working at once.", "rotateSecret", "client_secret"),
            Replace(
                "reissue-token", "Issues a new registration access token. The previous ones stop working at once.",
                "reissueRegistrationAccessToken", "registration_access_token"),
        ];
    }

    /// <summary>Acts on each of several clients, and prints them.</summary>
    public static async Task<int> EachAsync(Session session, string[] ids, ClientAct act)
    {
        if (session.Has(ActOptions.Etag) && ids.Length > 1)
        {
            throw CommandFault.Usage("--etag is the version of one client: name one.");
        }

        var api = session.Api();
        if (ids is [var only] && session.Print.Format != OutputFormat.Table)
        {
            await session.Print.ItemAsync(await OneAsync(session, api, only, act), Resource.Clients.Id);
            return ExitCode.Ok;
        }

        var exitCode = ExitCode.Ok;
        await session.Print.ListAsync(All(), Resource.Clients);
        return exitCode;

        async IAsyncEnumerable<IReadOnlyList<JsonObject>> All()
        {
            foreach (var id in ids)
            {
                var (client, fault) = await TryAsync(() => OneAsync(session, api, id, act));
                exitCode = exitCode == ExitCode.Ok ? fault : exitCode;
                if (client is not null)
                {
                    yield return [client];
                }
            }
        }
    }

    /// <summary>Shows the client and asks. Returns the etag of what was reviewed.</summary>
    public static async Task<string> ReviewedAsync(Session session, AdminApi api, string id, string question)
    {
        Terminal.MustBeAbleToAsk(session.Of(ActOptions.Yes));
        var etag = session.Of(ActOptions.Etag);
        if (etag is null)
        {
            var client = await api.GetAsync($"clients/{Uri.EscapeDataString(id)}", session.Stop);
            etag = JsonText.At(client, "etag");
            await session.SayAsync(Details.Of(client, color: false).TrimEnd());
        }

        await Terminal.ConfirmAsync(question, session.Of(ActOptions.Yes), session.Stop);
        return etag;
    }

    private static Command OfEach(string name, string description, string asked, string done, params Option[] options) => Verb.Of(
        name, description,
        session => EachAsync(session, session.Of(Ids), new(asked, done, (api, id, etag) => PostAsync(session, api, name, id, etag))),
        [Ids, .. options, ActOptions.Etag, ActOptions.Yes]);

    /// <summary>One client is acted on by itself; several, and those that options find, by calls for many.</summary>
    private static Command OfMany(string name, string description, string asked, string done, params Option[] options) => Verb.Of(
        name, description,
        session => session.Optional(AnyIds) is [var id] && !ClientBatch.HasFilter(session)
            ? EachAsync(session, [id], new(asked, done, (api, one, etag) => name == "delete"
                ? DeleteAsync(session, api, one, etag)
                : PostAsync(session, api, name, one, etag)))
            : new ClientBatch(session, session.Api(), name, asked, done).RunAsync(session.Optional(AnyIds) ?? []),
        [AnyIds, .. options, ActOptions.Etag, ActOptions.Yes, ClientBatch.ExpectedCount, .. ClientFilters.Options]);

    private static Command Replace(string name, string description, string method, string secret) => Verb.Of(
        name, description, session => ReplaceAsync(session, method, secret),
        Id, ActOptions.Reason, ActOptions.Etag, ActOptions.Yes, ActOptions.SecretFile);

    private static Task<JsonObject> PostAsync(Session session, AdminApi api, string act, string id, string? etag)
    {
        var body = new JsonObject { ["etag"] = etag };
        ActOptions.PutReasons(body, session);
        if (act == "suspend" && session.Of(Block) is { Length: > 0 } subjects)
        {
            body["block"] = new JsonArray([.. subjects.Select(subject => (JsonNode)subject.ToUpperInvariant())]);
        }

        return api.PostAsync($"clients/{Uri.EscapeDataString(id)}:{act}", body, session.Stop);
    }

    private static async Task<JsonObject> DeleteAsync(Session session, AdminApi api, string id, string? etag)
    {
        (string, string?)[] query = [("reason", session.Of(ActOptions.Reason)), ("etag", etag)];
        await api.DeleteAsync($"clients/{Uri.EscapeDataString(id)}", query, session.Stop);
        return new JsonObject { [Resource.Clients.Id] = id };
    }

    /// <summary>A client that is refused does not keep the others from being acted on; the first refusal is the exit code.</summary>
    private static async Task<(JsonObject? Client, int ExitCode)> TryAsync(Func<Task<JsonObject>> act)
    {
        try
        {
            return (await act(), ExitCode.Ok);
        }
        catch (CommandFault fault) when (fault.ExitCode != ExitCode.Usage)
        {
            await Terminal.SayAsync(fault.Message);
            return (null, fault.ExitCode);
        }
    }

    private static async Task<JsonObject> OneAsync(Session session, AdminApi api, string id, ClientAct act)
    {
        var etag = act.IsAsked ? await ReviewedAsync(session, api, id, $"{act.Asked} {id}?") : session.Of(ActOptions.Etag);
        var client = await act.Send(api, id, etag);
        await session.SayAsync($"{act.Done} {id}.{StillNeeded(client)}");
        return client;
    }

    /// <summary>Where several administrators must approve, the approval of one may not be the last.</summary>
    private static string StillNeeded(JsonObject client)
    {
        var given = (client["approvals"] as JsonArray)?.Count ?? 0;
        var waits = JsonText.At(client, "state") == "PENDING" || client.ContainsKey("pending_update");
        return waits && given > 0 && int.TryParse(JsonText.At(client, "approvals_needed"), out var needed) && needed > given
            ? $" {needed - given} more must approve."
            : "";
    }

    private static async Task ReplaceAsync(Session session, string method, string secret)
    {
        var id = session.Of(Id);
        var api = session.Api();
        var etag = await ReviewedAsync(session, api, id, $"The previous credential stops working at once. Replace that of {id}?");
        await using var file = ActOptions.OpenSecretFile(session);
        var body = new JsonObject { ["etag"] = etag };
        ActOptions.Put(body, ("reason", session.Of(ActOptions.Reason)));
        var answer = await api.PostAsync($"clients/{Uri.EscapeDataString(id)}:{method}", body, session.Stop);
        await ActOptions.KeepSecretAsync(answer, secret, file, session.Stop);
        await session.Print.ItemAsync(answer, $"client.{Resource.Clients.Id}");
    }
}

/// <summary>An act on one client.</summary>
/// <param name="Asked">The verb of the question: <c>Approve</c>.</param>
/// <param name="Done">The verb of the message: <c>Approved</c>.</param>
/// <param name="Send">Sends it, with the client and the etag of the reviewed version, and returns the client after it.</param>
internal sealed record ClientAct(string Asked, string Done, Func<AdminApi, string, string?, Task<JsonObject>> Send)
{
    /// <summary>Whether the client is shown and the user asked before.</summary>
    public bool IsAsked { get; init; } = true;
}
