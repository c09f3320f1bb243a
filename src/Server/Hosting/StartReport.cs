using GrpcDcr.Server.Admission;
using GrpcDcr.Server.Endpoints.Discovery;
using GrpcDcr.Server.Endpoints.Security;
using GrpcDcr.Server.Hosting.Listening;
using GrpcDcr.Server.Hosting.Settings;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;

namespace GrpcDcr.Server.Hosting;

/// <summary>Logs after the start the addresses of the listeners, the location of the tokens, and who may register.</summary>
internal sealed partial class StartReport(
    ServerSettings settings, RoleTokens tokens, Listeners listeners, MetadataDocument document, ILogger<StartReport> logger)
{
    private const string OpenId = "openid";

    /// <summary>What the store said when it was opened; <see langword="null"/> while it is not open.</summary>
    public RegistrationStatus? Status { get; set; }

    public void Write()
    {
        LogListeners(
            listeners.AddressOf(Listener.Public),
            listeners.AddressOf(Listener.Internal),
            listeners.AddressOf(Listener.Admin),
            listeners.AddressOf(Listener.Management));
        LogData(settings.Storage.Place());
        LogTokens(tokens.Files.Count > 0 ? string.Join(" and ", tokens.Files) : "the configuration");
        if (settings.Console.Enabled)
        {
            LogConsole(
                listeners.AddressOf(Listener.Admin),
                settings.OpenIdProvider is { } provider ? $"a token, or at {provider.Authority}" : "a token");
        }

        if (settings.Jwt is { } jwt)
        {
            LogJwt(jwt.Trust.Name, jwt.Trust.Audience);
        }

        if (settings.Certificates is { } certificates)
        {
            LogCertificates(string.Join(", ", certificates.Holders.Select(holder => holder.Name)), certificates.Revocation);
        }

        if (document.Missing.Count > 0)
        {
            LogNoDocument(string.Join(" and ", document.Missing), $"{MetadataOptions.Section}:{nameof(MetadataOptions.BaseDocumentPath)}");
        }

        if (Status is null)
        {
            LogNotOpen();
        }
        else
        {
            WriteWhoMayRegister();
        }
    }

    public void WriteWhoMayRegister()
    {
        var (admission, policies) = (settings.Admission, settings.Registration.Policies);
        WriteWhoMayRegister(admission, policies);
        WarnOfApprovals(policies);
        if (admission.Enabled)
        {
            WarnOfDefaultScope(admission.RequiresToken ? policies.InitialAccessToken : policies.Anonymous);
        }
    }

    /// <summary>One who approves alone could never approve anything.</summary>
    private void WarnOfApprovals(RegistrationPolicies policies)
    {
        var needed = new[] { policies.Anonymous, policies.InitialAccessToken, policies.SoftwareStatement }
            .Max(policy => policy.ApprovalsNeeded);
        var approvers = tokens.Tokens.Select(token => (token.Name, token.Roles))
            .Concat((settings.Certificates?.Holders ?? []).Select(holder => (holder.Name, holder.Roles)))
            .Where(actor => actor.Roles.Contains(Roles.Admin) || actor.Roles.Contains(Roles.Approver))
            .DistinctBy(actor => actor.Name, StringComparer.OrdinalIgnoreCase).Count();
        if (needed > approvers && settings.Jwt is null && settings.OpenIdProvider is null)
        {
            LogTooFewApprovers(needed, approvers);
        }
    }

    /// <summary>OpenID Connect has no <c>scope</c> in the metadata of a client, so that its clients do not send one.</summary>
    private void WarnOfDefaultScope(RegistrationPolicy policy)
    {
        if (policy is { DefaultScope: { } scope } && policy.Scopes.Contains(OpenId) && !scope.Split(' ').Contains(OpenId))
        {
            LogWithoutOpenId(scope);
        }
    }

    private void WriteWhoMayRegister(AdmissionOptions admission, RegistrationPolicies policies)
    {
        if (!admission.Enabled)
        {
            LogDisabled(ServiceOptions.EnabledKey);
        }
        else if (Status is { Closed: true })
        {
            LogClosed();
        }
        else if (admission.RequiresToken)
        {
            LogTokenRequired(
                (admission.Token.Length > 0 ? ServiceOptions.TokenKey + " and issued tokens" : "issued tokens only")
                    + (policies.InitialAccessToken.SoftwareStatementRequired ? "; a software statement is required too" : ""),
                policies.InitialAccessToken.SoftwareStatementRequired
                    ? policies.SoftwareStatement.Approval
                    : policies.InitialAccessToken.Approval);
        }
        else if (policies.Anonymous.SoftwareStatementRequired)
        {
            LogStatementRequired(
                string.Join(", ", settings.SoftwareStatements.Issuers.Select(issuer => issuer.Issuer)),
                policies.SoftwareStatement.Approval);
        }
        else
        {
            const string Required = $"{RegistrationOptions.Section}:{nameof(RegistrationOptions.InitialAccessTokenRequired)}";
            LogOpen(admission.RateLimit, policies.Anonymous.Approval, admission.Token.Length > 0
                ? $"{ServiceOptions.TokenKey} is set, but {Required} is false"
                : $"Set {ServiceOptions.TokenKey} to require an initial access token");
        }
    }

    [LoggerMessage(1001, LogLevel.Information,
        "Listening: public {Public}, internal (gRPC) {Internal}, admin {Admin}, management {Management}")]
    private partial void LogListeners(string @public, string @internal, string admin, string management);

    [LoggerMessage(1014, LogLevel.Warning, "The store is not open yet: calls are refused until it is")]
    private partial void LogNotOpen();

    [LoggerMessage(1002, LogLevel.Information, "Clients are stored in {Place}")]
    private partial void LogData(string place);

    [LoggerMessage(1003, LogLevel.Information, "Tokens of administrators and authorization servers are in {Place}")]
    private partial void LogTokens(string place);

    [LoggerMessage(1021, LogLevel.Information, "The console is at {Admin}/console; sign in by {Means}")]
    private partial void LogConsole(string admin, string means);

    [LoggerMessage(1019, LogLevel.Warning,
        "Registration:ApprovalsNeeded is {Needed}, but only {Approvers} of Authentication:Tokens and Authentication:Certificates may "
        + "approve, so that nothing that waits can be approved: give each administrator one of their own, or configure Authentication:Jwt "
        + "or Authentication:OpenIdConnect")]
    private partial void LogTooFewApprovers(int needed, int approvers);

    [LoggerMessage(1018, LogLevel.Information,
        "JWTs of {Issuer} for the audience {Audience} authenticate administrators and authorization servers too")]
    private partial void LogJwt(string issuer, string audience);

    [LoggerMessage(1020, LogLevel.Information,
        "TLS client certificates authenticate {Names} too; the lookup of revoked ones is {Revocation}")]
    private partial void LogCertificates(string names, object revocation);

    [LoggerMessage(1004, LogLevel.Warning, "Registration is disabled: set {Key}=true to enable it")]
    private partial void LogDisabled(string key);

    [LoggerMessage(1005, LogLevel.Information, "Registration is restricted to initial access tokens ({Key}); approval: {Approval}")]
    private partial void LogTokenRequired(string key, object approval);

    [LoggerMessage(1006, LogLevel.Warning,
        "Registration is open: anyone who reaches the public listener may register {RateLimit} clients a minute; approval: {Approval}. "
        + "{Hint}")]
    private partial void LogOpen(int rateLimit, object approval, string hint);

    [LoggerMessage(1007, LogLevel.Information,
        "Registration is restricted to software statements of {Issuers}; approval, unless the issuer decides it: {Approval}")]
    private partial void LogStatementRequired(string issuers, object approval);

    [LoggerMessage(1008, LogLevel.Warning, "Registration is closed until an administrator opens it")]
    private partial void LogClosed();

    [LoggerMessage(1017, LogLevel.Warning,
        "Clients that send no scope, as most OpenID Connect clients, get '{Scope}', without openid: add openid to "
        + "Registration:DefaultScope, or remove it from Registration:AllowedScopes if the authorization server does not support it")]
    private partial void LogWithoutOpenId(string scope);

    [LoggerMessage(1009, LogLevel.Warning,
        "The metadata document is not served, because it would lack {Members}: name a document of the authorization server in {Key}, or "
        + "set Metadata:AuthorizationEndpoint and Metadata:TokenEndpoint")]
    private partial void LogNoDocument(string members, string key);
}
