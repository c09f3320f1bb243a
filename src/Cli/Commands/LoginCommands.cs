using System.CommandLine;
using GrpcDcr.Cli.Contexts;
using GrpcDcr.Cli.OAuth;
using GrpcDcr.Cli.Output;
using GrpcDcr.Cli.Service;

namespace GrpcDcr.Cli.Commands;

/// <summary>Keeps a token in a context, and removes it: <c>login</c>, <c>logout</c>.</summary>
internal static class LoginCommands
{
    private const string FirstName = "default";

    private static readonly Option<bool> Device = new("--device")
    {
        Description = "Get a token from an authorization server, while you log in there with any browser (RFC 8628).",
    };

    private static readonly Option<string> Authority = new("--authority")
    {
        Description = "With --device: the issuer, whose metadata names its endpoints. Default: that of the context.",
        HelpName = "URL",
    };

    private static readonly Option<string> ClientId = new("--client-id")
    {
        Description = "With --device: the client_id of this program there, a public client. Default: that of the context.",
        HelpName = "ID",
    };

    private static readonly Option<string> Scope = new("--scope")
    {
        Description = "With --device: the scope to ask for, such as 'openid offline_access'. Default: what the server grants.",
        HelpName = "SCOPE",
    };

    private static readonly Option<string> Resource = new("--resource")
    {
        Description = "With --device: the service as the authorization server knows it, if it wants to be told (RFC 8707).",
        HelpName = "URI",
    };

    public static IEnumerable<Command> Create() =>
    [
        Verb.Of(
            "login",
            "Keeps a token in the context, after the service has accepted it. The token comes from --token-file, "
            + $"{GlobalOptions.TokenVariable}, standard input or the terminal; or from an authorization server by --device.",
            LoginAsync, Device, Authority, ClientId, Scope, Resource),
        Verb.Of("logout", "Removes the token from the context.", LogoutAsync),
    ];

    private static async Task LoginAsync(Session session)
    {
        var configuration = ConfigurationFile.Read();
        var name = session.ContextName(configuration) ?? FirstName;
        configuration.Contexts.TryGetValue(name, out var before);
        var plain = session.Of(GlobalOptions.AllowPlainHttp) || (before?.AllowPlainHttp ?? false);
        var address = ServiceAddress.Check(
            session.Of(GlobalOptions.Address) ?? before?.Address ?? ServiceAddress.Default, plain, "The address");
        var place = address.GetLeftPart(UriPartial.Authority);
        var (token, login) = await TokenAsync(session, place, before?.Login);

        // Every role that may do anything here may read this.
        await new AdminApi(session.Http, address, _ => new(token)).GetAsync("registration", session.Stop);
        await ConfigurationFile.ChangeAsync(
            now => now.With(name, new NamedContext { Address = place, AllowPlainHttp = plain, Token = token, Login = login }),
            session.Stop);
        await session.SayAsync($"The token for {place} is kept in context '{name}'.");
    }

    private static async Task<(string Token, IssuedLogin? Login)> TokenAsync(Session session, string place, IssuedLogin? before)
    {
        Option[] ofDevice = [Authority, ClientId, Scope, Resource];
        if (!session.Of(Device))
        {
            return ofDevice.FirstOrDefault(session.Has) is { } given
                ? throw CommandFault.Usage($"{given.Name} needs --device.")
                : (session.GivenToken() ?? CredentialInput.Ask($"Token for {place}: "), null);
        }

        if (session.Has(GlobalOptions.TokenFile))
        {
            throw CommandFault.Usage("--device gets a token, and --token-file has one: only one of them is possible.");
        }

        // What the context knows is of its authority alone.
        var known = session.Of(Authority) is { } other && other != before?.Authority ? null : before;
        var asked = new IssuedLogin
        {
            Authority = session.Of(Authority) ?? known?.Authority ?? throw CommandFault.Usage("--device needs --authority URL."),
            ClientId = session.Of(ClientId) ?? known?.ClientId ?? throw CommandFault.Usage("--device needs --client-id ID."),
            Scope = session.Of(Scope) ?? known?.Scope,
            Resource = session.Of(Resource) ?? known?.Resource,
        };
        var issued = await new DeviceFlow(session.Http, TimeProvider.System, Terminal.SayAsync).LoginAsync(asked, session.Stop);
        return (issued.AccessToken, issued.Login);
    }

    private static async Task LogoutAsync(Session session)
    {
        var name = session.ContextName(ConfigurationFile.Read()) ?? throw CommandFault.Usage("There is no context.");
        await ConfigurationFile.ChangeAsync(now => now.With(name, now.Get(name).WithoutToken()), session.Stop);
        await session.SayAsync($"Context '{name}' has no token any more.");
    }
}
