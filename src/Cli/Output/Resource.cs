namespace GrpcDcr.Cli.Output;

/// <summary>Something that the service has many of.</summary>
/// <param name="Path">Where it is listed, below <c>/admin/v1/</c>.</param>
/// <param name="Items">The member of a page that has the items.</param>
/// <param name="Id">The member of an item that identifies it.</param>
/// <param name="Columns">What a table shows.</param>
internal sealed record Resource(string Path, string Items, string Id, params Column[] Columns)
{
    public static readonly Resource Clients = new(
        "clients", "clients", "client_id",
        new Column("CLIENT_ID", "client_id"),
        new Column("STATE", item => JsonText.At(item, "state") + (item.ContainsKey("pending_update") ? "*" : "")),
        new Column("NAME", "metadata.client_name"),
        new Column("REDIRECTS", item => Hosts(JsonText.At(item, "metadata.redirect_uris"))),
        new Column("ADMISSION", "admission"),
        new Column("REGISTERED", item => Moment(JsonText.At(item, "issue_time"))));

    public static readonly Resource Tokens = new(
        "initial-access-tokens", "initial_access_tokens", "initial_access_token_id",
        new Column("TOKEN_ID", "initial_access_token_id"),
        new Column("USABLE", "usable"),
        new Column("LABEL", "label"),
        new Column("USES", item => $"{JsonText.At(item, "uses")}/{(item.ContainsKey("max_uses") ? JsonText.At(item, "max_uses") : "any")}"),
        new Column("ISSUED", item => Moment(JsonText.At(item, "issue_time"))),
        new Column("EXPIRES", item => Moment(JsonText.At(item, "expire_time"))));

    public static readonly Resource Blocks = new(
        "block-rules", "block_rules", "block_rule_id",
        new Column("BLOCK_ID", "block_rule_id"),
        new Column("SUBJECT", "subject"),
        new Column("VALUE", "value"),
        new Column("EFFECT", "effect"),
        new Column("REASON", "reason"),
        new Column("EXPIRES", item => Moment(JsonText.At(item, "expire_time"))));

    public static readonly Resource Events = new(
        "audit-events", "events", "sequence",
        new Column("SEQUENCE", "sequence"),
        new Column("TIME", item => Moment(JsonText.At(item, "time"))),
        new Column("TYPE", "type"),
        new Column("ACTOR", item => item["actor"]?["name"] is { } name ? JsonText.Text(name) : JsonText.At(item, "actor.role")),
        new Column("CLIENT", "client_id"),
        new Column("RESULT", item => item["refusal"] is { } refusal ? JsonText.At(refusal, "reason") : "OK"),
        new Column("REASON", "reason"));

    /// <summary>Audit events that are notes.</summary>
    public static readonly Resource Notes = new(
        "audit-events", "events", "sequence",
        new Column("TIME", item => Moment(JsonText.At(item, "time"))),
        new Column("ACTOR", "actor.name"),
        new Column("NOTE", "client_note.text") { IsWhole = true });

    /// <summary>What happened to each of many clients.</summary>
    public static readonly Resource Results = new(
        "", "", "client_id",
        new Column("CLIENT_ID", "client_id"),
        new Column("RESULT", item => item.ContainsKey("refusal") ? JsonText.At(item, "refusal.reason") : "OK"),
        new Column("DESCRIPTION", "refusal.description") { IsWhole = true });

    /// <summary>The hosts of redirect URIs, and the schemes of those that have no host.</summary>
    private static string Hosts(string redirects) => string.Join(
        ", ",
        redirects.Split(", ")
            .Select(text => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Host.Length == 0 ? $"{uri.Scheme}:" : HostOf(text))
            .Distinct());

    private static string HostOf(string text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) ? uri.Host : text;

    /// <summary>A time of the API to the second.</summary>
    private static string Moment(string time) => time.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot ? $"{time[..dot]}Z" : time;
}
