using GrpcDcr.Cli.Contexts;
using GrpcDcr.Cli.Output;
using GrpcDcr.Cli.Service;

namespace GrpcDcr.Cli.OAuth;

/// <summary>
/// The token of a context. One that was issued by an authorization server is renewed when it has expired, also in a long command.
/// </summary>
internal sealed class ContextToken(HttpExchange http, TimeProvider time, string name, NamedContext context)
{
    /// <summary>A token that expires so soon might be refused on its way.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(15);

    /// <summary>Shorter than others wait for the file of the configuration.</summary>
    private static readonly TimeSpan CallTime = TimeSpan.FromSeconds(8);

    private NamedContext _context = context;

    /// <exception cref="CommandFault">There is none any more.</exception>
    public async ValueTask<string> GetAsync(CancellationToken stop)
    {
        if (IsExpired(_context))
        {
            await ConfigurationFile.ChangeAsync(configuration => RenewedAsync(configuration, stop), stop);
        }

        return _context.Token!;
    }

    private bool IsExpired(NamedContext context) => context.Login?.ExpireTime is { } end && time.GetUtcNow() >= end - Margin;

    /// <summary>Another command may have renewed it: a refresh token is often good for one use.</summary>
    private async Task<Configuration> RenewedAsync(Configuration configuration, CancellationToken stop)
    {
        var now = configuration.Get(name);
        if (now.Token is null || now.Address != _context.Address)
        {
            throw LoggedOut("was changed");
        }

        _context = IsExpired(now) ? await RenewAsync(now, now.Login!, stop) : now;
        return configuration.With(name, _context);
    }

    private async Task<NamedContext> RenewAsync(NamedContext now, IssuedLogin login, CancellationToken stop)
    {
        if (login.RefreshToken is null)
        {
            throw LoggedOut("has expired");
        }

        var endpoint = ServiceAddress.CheckSecure(login.TokenEndpoint, "token_endpoint");
        var (status, body) = await http.PostFormAsync(
            endpoint,
            [
                ("grant_type", "refresh_token"), ("refresh_token", login.RefreshToken), ("client_id", login.ClientId),
                ("resource", login.Resource),
            ],
            CallTime, stop);
        if (IssuedToken.Read(status, body, login, time.GetUtcNow()) is { } token)
        {
            return now with { Token = token.AccessToken, Login = token.Login };
        }

        throw JsonText.At(JsonText.ParseObject(body), "error") == "invalid_grant"
            ? LoggedOut("has ended")
            : OAuthFaults.From(endpoint, status, body);
    }

    private CommandFault LoggedOut(string how) =>
        new(ExitCode.Refused, $"The login of context '{name}' {how}. Run 'grpcdcr login --device --context {name}' again.");
}
