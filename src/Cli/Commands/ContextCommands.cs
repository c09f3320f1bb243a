using System.CommandLine;
using System.Text.Json.Nodes;
using GrpcDcr.Cli.Contexts;
using GrpcDcr.Cli.Output;

namespace GrpcDcr.Cli.Commands;

/// <summary>Services by name: <c>context</c>.</summary>
internal static class ContextCommands
{
    private static readonly Argument<string> Name = new("NAME") { Description = "The name of the context." };

    private static readonly Resource Contexts = new(
        "", "", "name",
        new Column("CURRENT", item => JsonText.At(item, "current") == "true" ? "*" : ""),
        new Column("NAME", "name"),
        new Column("ADDRESS", "address"),
        new Column("TOKEN", item => JsonText.At(item, "has_token") == "true" ? "yes" : "no"));

    public static Command Create() => Verb.Group(
        "context",
        "Services by name, with their addresses and tokens.",
        Verb.Of("list", "Lists the contexts. Tokens are not shown.", ListAsync),
        Verb.Of("use", "Makes a context the current one.", UseAsync, Name),
        Verb.Of("set", "Adds or changes a context, with the address of --address. Another address takes its token away.", SetAsync, Name),
        Verb.Of("delete", "Deletes a context with its token.", DeleteAsync, Name));

    private static Task ListAsync(Session session)
    {
        var configuration = ConfigurationFile.Read();
        return session.Print.ListAsync(Page(), Contexts);

        async IAsyncEnumerable<IReadOnlyList<JsonObject>> Page()
        {
            await Task.CompletedTask;
            yield return
            [
                .. configuration.Contexts.Select(entry => new JsonObject
                {
                    ["name"] = entry.Key,
                    ["address"] = entry.Value.Address,
                    ["current"] = entry.Key == configuration.Current,
                    ["has_token"] = entry.Value.Token is not null,
                }),
            ];
        }
    }

    private static async Task UseAsync(Session session)
    {
        var name = session.Of(Name);
        await ConfigurationFile.ChangeAsync(
            configuration =>
            {
                configuration.Get(name);
                return configuration with { Current = name };
            },
            session.Stop);
        await session.SayAsync($"The current context is '{name}'.");
    }

    private static async Task SetAsync(Session session)
    {
        var name = session.Of(Name);
        var given = session.Of(GlobalOptions.Address) ?? throw CommandFault.Usage("'context set' needs --address URL.");
        var plain = session.Of(GlobalOptions.AllowPlainHttp);
        var address = ServiceAddress.Check(given, plain, "--address").GetLeftPart(UriPartial.Authority);
        await ConfigurationFile.ChangeAsync(
            configuration => configuration.With(
                name,
                configuration.Contexts.TryGetValue(name, out var before) && before.Address == address
                    ? before with { AllowPlainHttp = plain }
                    : new NamedContext { Address = address, AllowPlainHttp = plain }),
            session.Stop);
        await session.SayAsync($"Context '{name}' is {address}.");
    }

    private static async Task DeleteAsync(Session session)
    {
        var name = session.Of(Name);
        await ConfigurationFile.ChangeAsync(
            configuration =>
            {
                configuration.Get(name);
                return configuration.Without(name);
            },
            session.Stop);
        await session.SayAsync($"Context '{name}' is deleted.");
    }
}
