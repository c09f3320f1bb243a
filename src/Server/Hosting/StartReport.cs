using GrpcDcr.Server.Hosting.Listening;
using GrpcDcr.Server.Hosting.Settings;
using Microsoft.AspNetCore.Hosting.Server;

namespace GrpcDcr.Server.Hosting;

/// <summary>Says, once the listeners are open, where they are, where the tokens lie, and whether anyone may register.</summary>
internal sealed partial class StartReport(
    ServerSettings settings, RoleTokenFiles tokens, IServer server, ILogger<StartReport> logger)
{
    public void Write()
    {
        var doors = PublicOrigin.BoundAddresses(server);
        LogDoors(doors[0], doors[1], doors[2]);
        LogData(settings.Storage.Place());
        LogTokens(tokens.OperatorPath ?? "in the configuration", tokens.DirectoryPath ?? "in the configuration");
        if (!settings.Admission.Enabled)
        {
            LogDisabled(ServerSettings.EnabledKey);
        }
        else if (settings.Admission.RequiresToken)
        {
            LogGated(settings.Admission.Token.Length > 0 ? ServerSettings.TokenKey : "issued tokens only", settings.Registration.Policies.InitialAccessToken.Approval);
        }
        else
        {
            LogOpen(settings.Admission.RateLimit, settings.Registration.Policies.Anonymous.Approval, ServerSettings.TokenKey);
        }
    }

    [LoggerMessage(1001, LogLevel.Information, "Doors: public {Public}, inner (gRPC) {Inner}, operator {Operator}")]
    private partial void LogDoors(string @public, string inner, string @operator);

    [LoggerMessage(1002, LogLevel.Information, "Clients are kept in {Place}")]
    private partial void LogData(string place);

    [LoggerMessage(1003, LogLevel.Information, "Operator token: {OperatorToken}; directory token: {DirectoryToken}")]
    private partial void LogTokens(string operatorToken, string directoryToken);

    [LoggerMessage(1004, LogLevel.Warning, "Registration is disabled: set {Key}=true to enable it")]
    private partial void LogDisabled(string key);

    [LoggerMessage(1005, LogLevel.Information, "Registration is token-gated ({Key}); approval: {Approval}")]
    private partial void LogGated(string key, object approval);

    [LoggerMessage(1006, LogLevel.Warning,
        "Registration is open: anyone who reaches the public listener may register {RateLimit} clients a minute; approval: {Approval}. Set {Key} to ask for a token")]
    private partial void LogOpen(int rateLimit, object approval, string key);
}
