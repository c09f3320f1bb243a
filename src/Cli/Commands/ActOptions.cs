using System.CommandLine;
using System.Text.Json.Nodes;
using GrpcDcr.Cli.Contexts;
using GrpcDcr.Cli.Output;

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

    public static readonly Option<string> Etag = new("--etag")
    {
        Description = "The etag of the version that was reviewed. Default: that of the version that is shown now.",
        HelpName = "ETAG",
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
    public static CredentialFile? OpenSecretFile(Session session) => session.Print.IsQuiet && !session.Has(SecretFile)
        ? throw CommandFault.Usage("--quiet would not show the new credential: add --secret-file FILE.")
        : CredentialFile.Open(session.Of(SecretFile));

    /// <summary>Adds texts to a request; those that were not given are left out.</summary>
    public static void Put(JsonObject body, params (string Member, string? Value)[] texts)
    {
        foreach (var (member, value) in texts.Where(text => text.Value is not null))
        {
            body[member] = value;
        }
    }

    /// <summary>Adds the reasons that were given.</summary>
    public static void PutReasons(JsonObject body, Session session) =>
        Put(body, ("reason", session.Text(Reason.Name)), ("public_reason", session.Text(PublicReason.Name)));

    /// <summary>Moves the credential of an answer into the file, if there is one.</summary>
    public static async Task KeepSecretAsync(JsonObject answer, string member, CredentialFile? file, CancellationToken stop)
    {
        if (file is not null && answer.ContainsKey(member))
        {
            await file.WriteAsync(JsonText.At(answer, member), stop);
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
