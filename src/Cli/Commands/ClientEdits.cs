using System.CommandLine;
using System.Text.Json.Nodes;
using GrpcDcr.Cli.Contexts;
using GrpcDcr.Cli.Output;

namespace GrpcDcr.Cli.Commands;

/// <summary>Clients that an administrator makes or changes: <c>clients create</c>, <c>clients update</c>.</summary>
internal static class ClientEdits
{
    private const string Secret = "client_secret";

    private static readonly Argument<string> Id = new("CLIENT_ID") { Description = "The client." };

    private static readonly Argument<string> Document = new("FILE")
    {
        Description = "The client metadata as JSON (RFC 7591 section 2); - is standard input.",
    };

    private static readonly Argument<string> Changes = new("FILE")
    {
        Description = "The members to change, with their new values, as JSON; - is standard input. Members that are not in it stay.",
    };

    private static readonly Option<string> Owner = new("--owner") { Description = "Who is responsible for the client.", HelpName = "TEXT" };

    private static readonly Option<string> TokenFile = new("--registration-token-file")
    {
        Description = "Write the registration access token into this new file, which only its owner may read, and not to standard output.",
        HelpName = "FILE",
    };

    private static readonly Option<string[]> Remove = new("--remove")
    {
        Description = "A member to remove, so that its default applies. May be repeated.",
        HelpName = "MEMBER",
    };

    public static IEnumerable<Command> Create() =>
    [
        Verb.Of(
            "create", "Creates a client, which is active at once. Its credentials are shown once.", CreateAsync,
            Document, Owner, ActOptions.Reason, ActOptions.SecretFile, TokenFile),
        Verb.Of(
            "update", "Changes members of the metadata of a client at once, without its approval.", UpdateAsync,
            Id, Changes, Remove, ActOptions.Reason, ActOptions.Etag, ActOptions.Yes, ActOptions.SecretFile),
    ];

    private static async Task CreateAsync(Session session)
    {
        var body = new JsonObject { ["metadata"] = await JsonFile.ReadAsync(session.Of(Document), session.Stop) };
        ActOptions.Put(body, ("owner", session.Of(Owner)), ("reason", session.Of(ActOptions.Reason)));
        if (session.Print.IsQuiet && !session.Has(TokenFile))
        {
            throw CommandFault.Usage("--quiet would not show the registration access token: add --registration-token-file FILE.");
        }

        var api = session.Api();
        await using var secret = ActOptions.OpenSecretFile(session);
        await using var token = CredentialFile.Open(session.Of(TokenFile));
        var answer = await api.PostAsync(Resource.Clients.Path, body, session.Stop);
        await ActOptions.KeepSecretAsync(answer, Secret, secret, session.Stop);
        await ActOptions.KeepSecretAsync(answer, "registration_access_token", token, session.Stop);
        await session.Print.ItemAsync(answer, $"client.{Resource.Clients.Id}");
    }

    private static async Task UpdateAsync(Session session)
    {
        var id = session.Of(Id);
        var metadata = await JsonFile.ReadAsync(session.Of(Changes), session.Stop);
        var members = metadata.Select(member => member.Key.Split('#')[0]).Concat(session.Of(Remove) ?? []).Distinct().ToList();
        if (members.Count == 0)
        {
            throw CommandFault.Usage("There is nothing to change.");
        }

        var api = session.Api();
        var etag = await ClientActs.ReviewedAsync(session, api, id, $"Change {string.Join(", ", members)} of {id}?");
        await using var secret = CredentialFile.Open(session.Of(ActOptions.SecretFile));
        var body = new JsonObject { ["metadata"] = metadata, ["update_mask"] = string.Join(',', members), ["etag"] = etag };
        ActOptions.Put(body, ("reason", session.Of(ActOptions.Reason)));
        var answer = await api.PatchAsync($"{Resource.Clients.Path}/{Uri.EscapeDataString(id)}", body, session.Stop);
        await ActOptions.KeepSecretAsync(answer, Secret, secret, session.Stop);
        await session.Print.ItemAsync(answer, $"client.{Resource.Clients.Id}");
    }
}
