using System.CommandLine;
using System.Text.Json.Nodes;
using GrpcDcr.Cli.Contexts;
using GrpcDcr.Cli.OAuth;
using GrpcDcr.Cli.Output;
using GrpcDcr.Cli.Registrations;

namespace GrpcDcr.Cli.Commands;

/// <summary>
/// For programs, with any server of RFC 7591 and RFC 7592: <c>register</c>, <c>read</c>, <c>update</c>, <c>delete</c>. No administrator's
/// token is sent.
/// </summary>
internal static class ProgramCommands
{
    private const string Secret = "client_secret";
    private const string Token = "registration_access_token";
    private const string Variable = "GRPCDCR_INITIAL_ACCESS_TOKEN";

    private static readonly Argument<string> Id = new("CLIENT_ID") { Description = "A client that this program registered." };

    private static readonly Argument<string> Document = new("FILE")
    {
        Description = "The client metadata as JSON (RFC 7591 section 2); - is standard input.",
    };

    private static readonly Option<string> Issuer = new("--issuer")
    {
        Description = "The issuer, whose metadata names the registration endpoint (RFC 8414, OpenID Connect Discovery).",
        HelpName = "URL",
    };

    private static readonly Option<string> Endpoint = new("--endpoint") { Description = "The registration endpoint.", HelpName = "URL" };

    private static readonly Option<string> TokenFile = new("--initial-access-token-file")
    {
        Description = $"A file with the initial access token; - is standard input. Default: {Variable}, else none is sent.",
        HelpName = "FILE",
    };

    private static readonly Resource Kept = new(
        "", "", "client_id",
        new Column("CLIENT_ID", "client_id"),
        new Column("NAME", "client_name"),
        new Column("SERVER", "server"));

    public static IEnumerable<Command> Create() =>
    [
        Verb.Of(
            "register",
            "Registers a client with any server of RFC 7591. The registration access token is kept and not shown.",
            RegisterAsync, Document, Issuer, Endpoint, TokenFile, ActOptions.SecretFile),
        Verb.Of("read", "Reads the registration of a client (RFC 7592).", ReadAsync, Id, Issuer, Endpoint, ActOptions.SecretFile),
        Verb.Of(
            "update", "Replaces the metadata of a client as a whole (RFC 7592): a member that is left out is removed.",
            UpdateAsync, Id, Document, Issuer, Endpoint, ActOptions.SecretFile),
        Verb.Of("delete", "Deletes a client with the server (RFC 7592).", DeleteAsync, Id, Issuer, Endpoint, ActOptions.Yes),
        Verb.Of("registrations", "Lists the clients that this program registered.", ListAsync),
    ];

    private static RegistrationEndpoint Service(Session session) => new(session.Http, session.Of(GlobalOptions.AllowPlainHttp));

    private static KeptRegistration Find(Session session) =>
        RegistrationsFile.Find(session.Of(Id), session.Of(Issuer) ?? session.Of(Endpoint));

    private static async Task RegisterAsync(Session session)
    {
        var metadata = await JsonFile.ReadAsync(session.Of(Document), session.Stop);
        var plain = session.Of(GlobalOptions.AllowPlainHttp);
        var endpoint = (session.Of(Issuer), session.Of(Endpoint)) switch
        {
            ({ } issuer, null) => await EndpointOfAsync(session, issuer, plain),
            (null, { } given) => ServiceAddress.CheckUri(given, plain, "--endpoint"),
            _ => throw CommandFault.Usage("'register' needs one of --issuer and --endpoint."),
        };
        var token = session.Of(TokenFile) is { } path ? CredentialInput.FromFile(path) : CredentialInput.FromEnvironment(Variable);

        if (session.Print.IsQuiet && !session.Has(ActOptions.SecretFile) && JsonText.At(metadata, "token_endpoint_auth_method") != "none")
        {
            throw CommandFault.Usage("--quiet would not show the client secret: add --secret-file FILE.");
        }

        // What cannot be kept is better not registered.
        RegistrationsFile.Read();
        await using var file = CredentialFile.Open(session.Of(ActOptions.SecretFile));
        var client = await Service(session).RegisterAsync(endpoint, metadata, token, session.Stop);
        await ShowAsync(session, client, null, session.Of(Issuer) ?? endpoint.ToString(), file);
    }

    private static async Task<Uri> EndpointOfAsync(Session session, string issuer, bool plain)
    {
        var address = ServiceAddress.CheckUri(issuer, plain, "--issuer");
        return (await Discovery.ReadAsync(session.Http, issuer, address, session.Stop)).Endpoint(
            "registration_endpoint", "this server does not register clients.",
            (text, what) => ServiceAddress.CheckUri(text, plain, what));
    }

    private static async Task ReadAsync(Session session)
    {
        var kept = Find(session);
        await using var file = CredentialFile.Open(session.Of(ActOptions.SecretFile));
        await ShowAsync(session, await Service(session).ReadAsync(kept, session.Stop), kept, kept.Server, file);
    }

    private static async Task UpdateAsync(Session session)
    {
        var kept = Find(session);
        var metadata = await JsonFile.ReadAsync(session.Of(Document), session.Stop);
        await using var file = CredentialFile.Open(session.Of(ActOptions.SecretFile));
        await ShowAsync(session, await Service(session).UpdateAsync(kept, metadata, session.Stop), kept, kept.Server, file);
    }

    private static async Task DeleteAsync(Session session)
    {
        var kept = Find(session);
        await Terminal.ConfirmAsync($"Delete {kept.ClientId} at {kept.Server}?", session.Of(ActOptions.Yes), session.Stop);
        await Service(session).DeleteAsync(kept, session.Stop);
        await RegistrationsFile.ForgetAsync(kept, session.Stop);
        await session.SayAsync($"Deleted {kept.ClientId}.");
        await session.Print.ItemAsync(new JsonObject { [Kept.Id] = kept.ClientId }, Kept.Id);
    }

    private static Task ListAsync(Session session)
    {
        return session.Print.ListAsync(Page(), Kept);

        static async IAsyncEnumerable<IReadOnlyList<JsonObject>> Page()
        {
            await Task.CompletedTask;
            yield return
            [
                .. RegistrationsFile.Read().Select(kept => new JsonObject
                {
                    ["client_id"] = kept.ClientId,
                    ["client_name"] = kept.ClientName,
                    ["registration_client_uri"] = kept.RegistrationClientUri,
                    ["server"] = kept.Server,
                }),
            ];
        }
    }

    /// <summary>
    /// Keeps the token, which may be a new one (RFC 7592 section 3), and shows everything else. A server without RFC 7592 has none; where
    /// it cannot be kept, it is shown.
    /// </summary>
    private static async Task ShowAsync(
        Session session, JsonObject client, KeptRegistration? before, string? server, CredentialFile? secretFile)
    {
        var registration = new KeptRegistration
        {
            ClientId = JsonText.At(client, Kept.Id),
            RegistrationAccessToken = Given(client, Token) ?? before?.RegistrationAccessToken ?? "",
            RegistrationClientUri = Given(client, "registration_client_uri") ?? before?.RegistrationClientUri ?? "",
            Server = server,
            ClientName = Given(client, "client_name"),
        };
        if (registration is { RegistrationAccessToken.Length: > 0, RegistrationClientUri.Length: > 0 } && registration != before)
        {
            await KeepAsync(session, registration, client);
        }

        if (before is not null)
        {
            client.Remove(Token);
        }

        await ActOptions.KeepSecretAsync(client, Secret, secretFile, session.Stop);
        await session.Print.ItemAsync(client, Kept.Id);
    }

    private static async Task KeepAsync(Session session, KeptRegistration registration, JsonObject client)
    {
        try
        {
            await RegistrationsFile.KeepAsync(registration, session.Stop);
        }
        catch (Exception e) when (e is CommandFault or IOException or UnauthorizedAccessException)
        {
            await session.Print.ItemAsync(client, id: null);
            throw CommandFault.Failed($"The server answered as shown, but {RegistrationsFile.Place} cannot be written: {e.Message}");
        }

        client.Remove(Token);
        await session.SayAsync($"The registration access token is kept in {RegistrationsFile.Place}.");
    }

    private static string? Given(JsonObject client, string member) => JsonText.At(client, member) is { Length: > 0 } text ? text : null;
}
