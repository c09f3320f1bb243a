using System.CommandLine;
using System.Text.Json.Nodes;
using GrpcDcr.Cli.Output;

namespace GrpcDcr.Cli.Commands;

/// <summary>Shows what would become of a registration: <c>preview</c>.</summary>
internal static class PreviewCommand
{
    private static readonly Argument<string> Document = new("FILE")
    {
        Description = "The client metadata as JSON (RFC 7591 section 2); - is standard input.",
    };

    private static readonly Option<string> TokenId = new("--initial-access-token-id")
    {
        Description = "The issued initial access token that the registration would present; its identifier, not the token.",
        HelpName = "TOKEN_ID",
    };

    private static readonly Option<bool> StaticToken = new("--with-static-token")
    {
        Description = "With the initial access token of the configuration.",
    };

    public static Command Create() => Verb.Of(
        "preview", "Shows what would become of a registration, and why. Nothing is registered. Exit code 4 if it would be refused.",
        PreviewAsync, Document, TokenId, StaticToken);

    private static async Task<int> PreviewAsync(Session session)
    {
        var body = new JsonObject { ["metadata"] = await JsonFile.ReadAsync(session.Of(Document), session.Stop) };
        if (session.Of(TokenId) is { } id)
        {
            body["initial_access_token_id"] = id;
        }

        if (session.Of(StaticToken))
        {
            body["with_static_token"] = true;
        }

        var preview = await session.Api().PostAsync("clients:preview", body, session.Stop);
        await session.Print.ItemAsync(preview, id: null);
        return JsonText.At(preview, "acceptable") == "true" ? ExitCode.Ok : ExitCode.Refused;
    }
}
