using System.CommandLine;
using System.Text.Json.Nodes;
using GrpcDcr.Cli.Output;

namespace GrpcDcr.Cli.Commands;

/// <summary>Whether new clients may register: <c>registration</c>.</summary>
internal static class RegistrationCommands
{
    public static Command Create() => Verb.Group(
        "registration",
        "Whether new clients may register.",
        Verb.Of("status", "Shows whether registration is enabled and open.", StatusAsync),
        Verb.Of(
            "close", "Closes registration: new clients are refused.", CloseAsync, ActOptions.Reason, ActOptions.Yes),
        Verb.Of("open", "Opens registration again.", session => ChangeAsync(session, "open"), ActOptions.Reason));

    private static async Task StatusAsync(Session session) =>
        await session.Print.ItemAsync(await session.Api().GetAsync("registration", session.Stop), id: null);

    private static async Task CloseAsync(Session session)
    {
        await Terminal.ConfirmAsync("Refuse new clients from now on?", session.Of(ActOptions.Yes), session.Stop);
        await ChangeAsync(session, "close");
    }

    private static async Task ChangeAsync(Session session, string act)
    {
        var body = new JsonObject();
        if (session.Of(ActOptions.Reason) is { } reason)
        {
            body["reason"] = reason;
        }

        await session.Print.ItemAsync(await session.Api().PostAsync($"registration:{act}", body, session.Stop), id: null);
    }
}
