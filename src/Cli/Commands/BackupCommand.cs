using System.CommandLine;
using System.Text.Json.Nodes;
using GrpcDcr.Cli.Service;

namespace GrpcDcr.Cli.Commands;

/// <summary>Copies the store of the running service: <c>backup</c>.</summary>
internal static class BackupCommand
{
    private static readonly Argument<string?> Name = new("NAME")
    {
        Description = "The name of the new folder, on the machine of the service. Default: the current time.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public static Command Create() => Verb.Of("backup", "Copies the store of the running service into a new folder.", BackUpAsync, Name);

    private static async Task BackUpAsync(Session session)
    {
        var body = new JsonObject();
        if (session.Optional(Name) is { } name)
        {
            body["name"] = name;
        }

        await session.Print.ItemAsync(
            await session.Api().PostAsync("storage:backUp", body, session.Stop, AdminApi.BackUpTime), "path");
    }
}
