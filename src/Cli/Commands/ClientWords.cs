using System.CommandLine;
using System.Text.Json.Nodes;
using GrpcDcr.Cli.Output;

namespace GrpcDcr.Cli.Commands;

/// <summary>Words of administrators about clients: <c>clients annotate</c>, <c>clients note</c>, <c>clients notes</c>.</summary>
internal static class ClientWords
{
    private static readonly Argument<string> Id = new("CLIENT_ID") { Description = "The client." };

    private static readonly Argument<string[]> Ids = new("CLIENT_ID")
    {
        Description = "The clients, one after the other.",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Argument<string> Note = new("TEXT") { Description = "The note; - is standard input." };

    private static readonly Option<string[]> Set = SetOption();

    private static readonly Option<string[]> Remove = new("--remove")
    {
        Description = "The key of an annotation to remove. May be repeated.",
        HelpName = "KEY",
    };

    public static IEnumerable<Command> Create() =>
    [
        Verb.Of(
            "annotate",
            "Sets and removes annotations of clients, which authorization servers see and the clients do not. All others stay.",
            AnnotateAsync, Ids, Set, Remove, ActOptions.Reason, ActOptions.Etag),
        Verb.Of("note", "Adds a note about a client, which administrators alone see.", AddNoteAsync, Id, Note),
        Verb.Of("notes", "Lists the notes about a client, the newest first.", ListNotesAsync, Id, ListFilter.Limit),
    ];

    private static Option<string[]> SetOption()
    {
        var option = new Option<string[]>("--set")
        {
            Description = "An annotation to add or replace. May be repeated.",
            HelpName = "KEY=VALUE",
        };
        option.Validators.Add(result =>
        {
            var keys = (result.GetValueOrDefault<string[]>() ?? []).Select(text => text.Split('=')[0]).ToList();
            foreach (var token in result.Tokens.Where(token => !token.Value.Contains('=', StringComparison.Ordinal)))
            {
                result.AddError($"--set is '{token.Value}'; allowed is KEY=VALUE.");
            }

            foreach (var key in keys.GroupBy(key => key).Where(group => group.Count() > 1).Select(group => group.Key))
            {
                result.AddError($"--set has {key} twice.");
            }
        });
        return option;
    }

    private static Task<int> AnnotateAsync(Session session)
    {
        var (set, remove) = (session.Of(Set) ?? [], session.Of(Remove) ?? []);
        if (set.Length + remove.Length == 0)
        {
            throw CommandFault.Usage("There is nothing to change: add --set KEY=VALUE or --remove KEY.");
        }

        return ClientActs.EachAsync(session, session.Of(Ids), new("", "Annotated", (api, id, etag) =>
        {
            var pairs = set.Select(text => text.Split('=', 2)).Select(pair => KeyValuePair.Create(pair[0], (JsonNode?)pair[1]));
            var body = new JsonObject
            {
                ["set"] = new JsonObject(pairs),
                ["remove"] = new JsonArray([.. remove.Select(key => (JsonNode)key)]),
            };
            ActOptions.Put(body, ("reason", session.Of(ActOptions.Reason)), ("etag", etag));
            return api.PostAsync($"clients/{Uri.EscapeDataString(id)}:annotate", body, session.Stop);
        })
        { IsAsked = false });
    }

    private static async Task AddNoteAsync(Session session)
    {
        var (id, text) = (session.Of(Id), session.Of(Note));
        var note = text == "-" ? (await Console.In.ReadToEndAsync(session.Stop)).TrimEnd() : text;
        await session.Api().PostAsync(
            $"clients/{Uri.EscapeDataString(id)}:addNote", new JsonObject { ["text"] = note }, session.Stop);
        await session.SayAsync($"Added a note about {id}.");
        await session.Print.ItemAsync(new JsonObject { [Resource.Clients.Id] = id }, Resource.Clients.Id);
    }

    /// <summary>A note that was refused is in the audit log too, without its text.</summary>
    private static Task ListNotesAsync(Session session)
    {
        var pages = session.Api().ListAsync(
            Resource.Notes, [("client_id", session.Of(Id)), ("type", "CLIENT_NOTE_ADDED")], session.Of(ListFilter.Limit), session.Stop);
        return session.Print.ListAsync(
            pages.Select(IReadOnlyList<JsonObject> (page) => [.. page.Where(happened => happened.ContainsKey("client_note"))]),
            Resource.Notes);
    }
}
