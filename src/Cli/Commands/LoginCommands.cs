using System.CommandLine;
using GrpcDcr.Cli.Contexts;
using GrpcDcr.Cli.Service;

namespace GrpcDcr.Cli.Commands;

/// <summary>Keeps a token in a context, and removes it: <c>login</c>, <c>logout</c>.</summary>
internal static class LoginCommands
{
    private const string FirstName = "default";

    public static IEnumerable<Command> Create() =>
    [
        Verb.Of(
            "login",
            "Keeps a token in the context, after the service has accepted it. The token comes from --token-file, "
            + $"{GlobalOptions.TokenVariable}, standard input or the terminal.",
            LoginAsync),
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
        var token = session.GivenToken() ?? CredentialInput.Ask($"Token for {address.GetLeftPart(UriPartial.Authority)}: ");

        // Every role that may do anything here may read this.
        await new AdminApi(session.Http, address, token).GetAsync("registration", session.Stop);
        await ConfigurationFile.ChangeAsync(
            now => now.With(name, new NamedContext
            {
                Address = address.GetLeftPart(UriPartial.Authority),
                AllowPlainHttp = plain,
                Token = token,
            }),
            session.Stop);
        await session.SayAsync($"The token for {address.GetLeftPart(UriPartial.Authority)} is kept in context '{name}'.");
    }

    private static async Task LogoutAsync(Session session)
    {
        var name = session.ContextName(ConfigurationFile.Read()) ?? throw CommandFault.Usage("There is no context.");
        await ConfigurationFile.ChangeAsync(now => now.With(name, now.Get(name) with { Token = null }), session.Stop);
        await session.SayAsync($"Context '{name}' has no token any more.");
    }
}
