using System.CommandLine;
using GrpcDcr.Cli.Contexts;

namespace GrpcDcr.Cli.Commands;

/// <summary>Options of commands that change something.</summary>
internal static class ActOptions
{
    public static readonly Option<string> Reason = new("--reason") { Description = "The reason, for the audit log.", HelpName = "TEXT" };

    public static readonly Option<string> PublicReason = new("--public-reason")
    {
        Description = "The reason for users, which the client can read.",
        HelpName = "TEXT",
    };

    public static readonly Option<bool> Yes = new("--yes", "-y")
    {
        Description = "Do not ask. Needed where standard input is not a terminal.",
    };

    public static readonly Option<string> SecretFile = new("--secret-file")
    {
        Description = "Write the new credential into this new file, which only its owner may read, and not to standard output.",
        HelpName = "FILE",
    };

    /// <summary>Opens the file for a credential before it is issued. Null if it goes to standard output.</summary>
    /// <exception cref="CommandFault">The file exists, or <c>--quiet</c> would lose the credential.</exception>
    public static FileStream? OpenSecretFile(Session session) => session.Of(SecretFile) is { } path
        ? PrivateFile.Create(path)
        : session.Print.IsQuiet ? throw CommandFault.Usage("--quiet would not show the new credential: add --secret-file FILE.") : null;

    /// <summary>Moves the credential of an answer into the file, if there is one.</summary>
    public static async Task KeepSecretAsync(
        System.Text.Json.Nodes.JsonObject answer, string member, FileStream? file, CancellationToken stop)
    {
        if (file is not null)
        {
            await file.WriteAsync(System.Text.Encoding.UTF8.GetBytes($"{Output.JsonText.At(answer, member)}\n"), stop);
            answer.Remove(member);
        }
    }

    /// <summary>A time of the API: <c>2026-01-31T12:00:00Z</c>, or so long ago: <c>30m</c>, <c>12h</c>, <c>7d</c>.</summary>
    public static Option<string> Time(string name, string description)
    {
        var option = new Option<string>(name) { Description = description, HelpName = "TIME" };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { } text && Moments.Parse(text) is null)
            {
                result.AddError($"{name} is '{text}'; allowed are 2026-01-31T12:00:00Z, 2026-01-31, and 30m, 12h or 7d for so long ago.");
            }
        });
        return option;
    }
}
