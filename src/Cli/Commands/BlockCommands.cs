using System.CommandLine;
using System.Text.Json.Nodes;
using GrpcDcr.Cli.Output;

namespace GrpcDcr.Cli.Commands;

/// <summary>Block rules: <c>blocks</c>.</summary>
internal static class BlockCommands
{
    private static readonly Argument<string> Id = new("BLOCK_ID") { Description = "The rule." };

    private static readonly Argument<string> Subject = new Argument<string>("SUBJECT") { Description = "What the rule looks at." }
        .AcceptOnlyFromAmong(
            StringComparer.OrdinalIgnoreCase, "redirect_host", "software_id", "client_name", "source_network", "document_host");

    private static readonly Argument<string> Value = new("VALUE") { Description = "The host, identifier, name or network." };

    private static readonly Option<string> Effect = new Option<string>("--effect")
    {
        Description = "refuse registrations, or hold them for approval. Default: hold for software_id and client_name, else refuse.",
        HelpName = "refuse|hold",
    }.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, "refuse", "hold");

    private static readonly Option<string> Reason = new("--reason") { Description = "The reason.", HelpName = "TEXT", Required = true };

    private static readonly Option<string> For = new("--for") { Description = "How long: 12h, 7d. Default: for ever.", HelpName = "TIME" };

    public static Command Create() => Verb.Group(
        "blocks",
        "Block rules, which refuse or hold registrations and updates.",
        Verb.Of("create", "Creates a rule. It takes effect within a second.", CreateAsync, Subject, Value, Effect, Reason, For),
        Verb.Of("list", "Lists the rules, the oldest first.", ListAsync),
        Verb.Of("delete", "Deletes a rule.", DeleteAsync, Id, ActOptions.Reason, ActOptions.Yes));

    private static async Task CreateAsync(Session session)
    {
        var rule = new JsonObject
        {
            ["subject"] = session.Of(Subject).ToUpperInvariant(),
            ["value"] = session.Of(Value),
            ["reason"] = session.Of(Reason),
        };
        if (session.Of(Effect) is { } effect)
        {
            rule["effect"] = effect.ToUpperInvariant();
        }

        if (session.Of(For) is { } text)
        {
            var time = Moments.Duration(text)
                ?? throw CommandFault.Usage($"--for is '{text}'; allowed are a number and s, m, h or d: 12h.");
            rule["expire_time"] = (TimeProvider.System.GetUtcNow() + time).UtcDateTime.ToString("O");
        }

        await session.Print.ItemAsync(await session.Api().PostAsync(Resource.Blocks.Path, rule, session.Stop), Resource.Blocks.Id);
    }

    private static Task ListAsync(Session session) => session.Print.ListAsync(Page(session), Resource.Blocks);

    /// <summary>The list has one page.</summary>
    private static async IAsyncEnumerable<IReadOnlyList<JsonObject>> Page(Session session)
    {
        var page = await session.Api().GetAsync(Resource.Blocks.Path, session.Stop);
        yield return [.. (page[Resource.Blocks.Items] as JsonArray ?? []).OfType<JsonObject>()];
    }

    private static async Task DeleteAsync(Session session)
    {
        var api = session.Api();
        var id = session.Of(Id);
        await Terminal.ConfirmAsync($"Delete {id}?", session.Of(ActOptions.Yes), session.Stop);
        await api.DeleteAsync(
            $"{Resource.Blocks.Path}/{Uri.EscapeDataString(id)}", [("reason", session.Of(ActOptions.Reason))], session.Stop);
        await session.SayAsync($"Deleted {id}.");
        await session.Print.ItemAsync(new JsonObject { [Resource.Blocks.Id] = id }, Resource.Blocks.Id);
    }
}
