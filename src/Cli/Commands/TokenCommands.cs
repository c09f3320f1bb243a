using System.CommandLine;
using System.Text.Json.Nodes;
using GrpcDcr.Cli.Output;

namespace GrpcDcr.Cli.Commands;

/// <summary>Initial access tokens (RFC 7591 section 3): <c>tokens</c>.</summary>
internal static class TokenCommands
{
    private static readonly Argument<string> Id = new("TOKEN_ID") { Description = "The identifier of the token; not the token itself." };

    private static readonly Option<string> Label = Text("--label", "A label.");
    private static readonly Option<string> Ttl = Lifetime();
    private static readonly Option<int?> MaxUses = new("--max-uses")
    {
        Description = "How many registrations it admits. Default: any number.",
        HelpName = "N",
    };

    private static readonly Option<string[]> Scopes = Texts(
        "--scope", "An allowed scope value. May be repeated. Default: all that policy allows.");

    private static readonly Option<string[]> Grants = Texts(
        "--grant-type", "An allowed grant. May be repeated. Default: all that policy allows.");

    private static readonly Option<string[]> Hosts = Texts(
        "--redirect-host", "An allowed host of redirect URIs, such as *.app.example. May be repeated. Default: all that policy allows.");

    private static readonly Option<string> Software = Text("--software-id", "The only allowed software_id.");
    private static readonly Option<string> Owner = Text("--owner", "Who is responsible for the clients.");
    private static readonly Option<bool> Automatic = new("--automatic-approval") { Description = "Its clients are active at once." };

    public static Command Create() => Verb.Group(
        "tokens",
        "Initial access tokens, which admit registrations.",
        Verb.Of(
            "issue", "Issues a token. It is shown once.", IssueAsync,
            Label, Ttl, MaxUses, Scopes, Grants, Hosts, Software, Owner, Automatic, ActOptions.Reason, ActOptions.SecretFile),
        Verb.Of("list", "Lists the tokens, the oldest first, without the tokens themselves.", ListAsync, ListFilter.Limit),
        Verb.Of("get", "Shows a token, without the token itself.", GetAsync, Id),
        Verb.Of("revoke", "Revokes a token. Clients that it admitted remain.", RevokeAsync, Id, ActOptions.Reason, ActOptions.Yes));

    private static Option<string> Text(string name, string description) => new(name) { Description = description, HelpName = "TEXT" };

    private static Option<string[]> Texts(string name, string description) => new(name) { Description = description, HelpName = "TEXT" };

    private static Option<string> Lifetime()
    {
        var option = new Option<string>("--ttl")
        {
            Description = "Its lifetime: 30m, 12h, 7d. Default: it does not expire.",
            HelpName = "TIME",
        };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { } text && Moments.Duration(text) is null)
            {
                result.AddError($"--ttl is '{text}'; allowed are a number and s, m, h or d: 12h.");
            }
        });
        return option;
    }

    private static async Task IssueAsync(Session session)
    {
        var api = session.Api();
        await using var file = ActOptions.OpenSecretFile(session);
        var answer = await api.PostAsync(Resource.Tokens.Path, Request(session), session.Stop);
        await ActOptions.KeepSecretAsync(answer, "token", file, session.Stop);
        await session.Print.ItemAsync(answer, $"initial_access_token.{Resource.Tokens.Id}");
    }

    private static JsonObject Request(Session session)
    {
        var constraints = Set(
            ("scopes", List(session.Of(Scopes))), ("grant_types", List(session.Of(Grants))), ("redirect_hosts", List(session.Of(Hosts))),
            ("software_id", session.Of(Software)), ("owner", session.Of(Owner)),
            ("automatic_approval", session.Of(Automatic) ? JsonValue.Create(true) : null));
        return Set(
            ("label", session.Of(Label)), ("ttl", session.Of(Ttl) is { } ttl ? $"{Moments.Duration(ttl)!.Value.TotalSeconds:0}s" : null),
            ("max_uses", session.Of(MaxUses) is { } uses ? JsonValue.Create(uses) : null), ("reason", session.Of(ActOptions.Reason)),
            ("constraints", constraints.Count == 0 ? null : constraints));
    }

    private static JsonObject Set(params (string Member, JsonNode? Value)[] members)
    {
        var set = new JsonObject();
        foreach (var (member, value) in members.Where(entry => entry.Value is not null))
        {
            set[member] = value;
        }

        return set;
    }

    private static JsonArray? List(string[]? values) =>
        values is { Length: > 0 } ? new JsonArray([.. values.Select(value => (JsonNode)value)]) : null;

    private static Task ListAsync(Session session) => session.Print.ListAsync(
        session.Api().ListAsync(Resource.Tokens, [], session.Of(ListFilter.Limit), session.Stop), Resource.Tokens);

    private static async Task GetAsync(Session session) => await session.Print.ItemAsync(
        await session.Api().GetAsync($"{Resource.Tokens.Path}/{Uri.EscapeDataString(session.Of(Id))}", session.Stop), Resource.Tokens.Id);

    private static async Task RevokeAsync(Session session)
    {
        var api = session.Api();
        var id = session.Of(Id);
        await Terminal.ConfirmAsync($"Revoke {id}?", session.Of(ActOptions.Yes), session.Stop);
        var body = Set(("reason", session.Of(ActOptions.Reason)));
        var token = await api.PostAsync($"{Resource.Tokens.Path}/{Uri.EscapeDataString(id)}:revoke", body, session.Stop);
        await session.SayAsync($"Revoked {id}.");
        await session.Print.ItemAsync(token, Resource.Tokens.Id);
    }
}
