using GrpcDcr.Server.Endpoints.Security;
using GrpcDcr.Server.Hosting.Listening;
using GrpcDcr.Server.Hosting.Settings;

namespace GrpcDcr.Server.Hosting;

/// <summary>Logs after the start the addresses of the listeners, the location of the tokens, and who may register.</summary>
internal sealed partial class StartReport(ServerSettings settings, RoleTokens tokens, Listeners listeners, ILogger<StartReport> logger)
{
    public void Write()
    {
        LogListeners(
            listeners.AddressOf(Listener.Public),
            listeners.AddressOf(Listener.Internal),
            listeners.AddressOf(Listener.Admin),
            listeners.AddressOf(Listener.Management));
        LogData(settings.Storage.Place());
        LogTokens(tokens.Files.Count > 0 ? string.Join(" and ", tokens.Files) : "the configuration");
        if (!settings.Admission.Enabled)
        {
            LogDisabled(ServiceOptions.EnabledKey);
        }
        else if (settings.Admission.RequiresToken)
        {
            LogTokenRequired(
                settings.Admission.Token.Length > 0 ? ServiceOptions.TokenKey : "issued tokens only",
                settings.Registration.Policies.InitialAccessToken.Approval);
        }
        else
        {
            LogOpen(settings.Admission.RateLimit, settings.Registration.Policies.Anonymous.Approval, ServiceOptions.TokenKey);
        }
    }

    [LoggerMessage(1001, LogLevel.Information,
        "Listening: public {Public}, internal (gRPC) {Internal}, admin {Admin}, management {Management}")]
    private partial void LogListeners(string @public, string @internal, string admin, string management);

    [LoggerMessage(1002, LogLevel.Information, "Clients are stored in {Place}")]
    private partial void LogData(string place);

    [LoggerMessage(1003, LogLevel.Information, "Tokens of administrators and authorization servers are in {Place}")]
    private partial void LogTokens(string place);

    [LoggerMessage(1004, LogLevel.Warning, "Registration is disabled: set {Key}=true to enable it")]
    private partial void LogDisabled(string key);

    [LoggerMessage(1005, LogLevel.Information, "Registration is restricted to initial access tokens ({Key}); approval: {Approval}")]
    private partial void LogTokenRequired(string key, object approval);

    [LoggerMessage(1006, LogLevel.Warning,
        "Registration is open: anyone who reaches the public listener may register {RateLimit} clients a minute; approval: {Approval}. "
        + "Set {Key} to require an initial access token")]
    private partial void LogOpen(int rateLimit, object approval, string key);
}
