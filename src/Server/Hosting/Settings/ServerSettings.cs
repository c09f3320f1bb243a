using System.Net;
using GrpcDcr.Server.Admission;
using GrpcDcr.Server.Admission.Redis;
using GrpcDcr.Server.Endpoints.Console.Sessions;
using GrpcDcr.Server.Endpoints.Console.Shared;
using GrpcDcr.Server.Endpoints.Discovery;
using GrpcDcr.Server.Endpoints.Http;
using GrpcDcr.Server.Endpoints.Security;
using GrpcDcr.Server.Fetching;
using GrpcDcr.Server.Policy;

namespace GrpcDcr.Server.Hosting.Settings;

/// <summary>The whole configuration, read and checked before anything starts.</summary>
/// <param name="Listeners">Where the service listens.</param>
/// <param name="PublicBaseUrl">The origin that clients use; <see langword="null"/> for that of the public listener.</param>
/// <param name="TrustedProxies">The trusted proxies.</param>
/// <param name="Registration">What may be registered.</param>
/// <param name="SoftwareStatements">The trusted issuers of software statements.</param>
/// <param name="Fetching">How remote documents are fetched.</param>
/// <param name="Admission">Who may register, and how often.</param>
/// <param name="UnapprovedClients">How many clients may wait for approval.</param>
/// <param name="Requests">The limits of requests.</param>
/// <param name="Console">The console.</param>
/// <param name="RedisLimits">Where rate limits are shared; <see langword="null"/> where they are not.</param>
/// <param name="Tokens">The tokens and their roles; empty if the first start creates them.</param>
/// <param name="Jwt">The issuer of JWTs; <see langword="null"/> if there is none.</param>
/// <param name="OpenIdProvider">Where administrators may sign in to the console; <see langword="null"/> if they need a token.</param>
/// <param name="Certificates">The TLS client certificates with roles; <see langword="null"/> if there are none.</param>
/// <param name="Storage">The storage settings.</param>
/// <param name="BaseDocument">The metadata document of the deployment.</param>
/// <param name="Telemetry">Where telemetry goes.</param>
internal sealed record ServerSettings(
    ListenerSettings Listeners,
    string? PublicBaseUrl,
    IReadOnlyList<IPNetwork> TrustedProxies,
    ProfileSettings Registration,
    SoftwareStatementSettings SoftwareStatements,
    FetchingOptions Fetching,
    AdmissionOptions Admission,
    UnapprovedClientOptions UnapprovedClients,
    RequestOptions Requests,
    ConsoleOptions Console,
    RedisLimitOptions? RedisLimits,
    IReadOnlyList<RoleToken> Tokens,
    JwtSettings? Jwt,
    OpenIdProvider? OpenIdProvider,
    CertificateTrust? Certificates,
    StorageSettings Storage,
    BaseDocument BaseDocument,
    TelemetrySettings Telemetry)
{
    /// <param name="sources">The configuration.</param>
    /// <param name="problems">The problems found so far; gets further ones.</param>
    /// <exception cref="SettingsException">Has every problem.</exception>
    public static ServerSettings Read(SettingSources sources, List<string> problems)
    {
        var reader = new SettingsReader(sources, problems);
        RefuseUnknown(reader);
        var service = reader.Read<ServiceOptions>("");
        var limits = reader.Read<RateLimitOptions>(RateLimitOptions.Section);
        var proxies = SettingRules.TrustedProxies(reader);
        var registration = ProfileSettings.Read(reader, () => problems.Count == 0);
        var storage = StorageSettings.Read(reader);
        var listeners = ListenerSettings.Read(reader, proxies.Count > 0);
        var console = ConsoleOf(reader);
        var origin = SettingRules.Origin(reader, service.PublicBaseUrl);
        var settings = new ServerSettings(
            listeners,
            origin,
            proxies,
            registration,
            SoftwareStatementSettings.Read(reader),
            FetchingOf(reader),
            AdmissionOf(reader, service, limits, registration.Server),
            UnapprovedClientsOf(reader),
            RequestsOf(reader),
            console,
            RedisLimitSettings.Read(reader, limits.Store),
            TokenSettings.Read(reader, service.Token, storage.Engine == StorageEngine.Postgres),
            JwtSettings.Read(reader),
            OpenIdProviderSettings.Read(reader, console),
            ClientCertificateSettings.Read(reader, listeners),
            storage,
            BaseDocumentFile.Read(reader, registration.Policies.Server, origin ?? $"{listeners.Urls[Listener.Public]}"),
            TelemetrySettings.Read(reader));
        SettingRules.RequireOrigin(reader, settings);
        SettingRules.RequireIssuers(reader, settings);
        reader.ThrowIfWrong();
        return settings;
    }

    /// <summary>An unknown key is a mistake, and the setting that was meant may be the one that keeps the service closed.</summary>
    public static void RefuseUnknown(SettingsReader reader)
    {
        foreach (var value in reader.Sources.All)
        {
            if (SettingsSchema.Root.ProblemOf(value) is { } problem)
            {
                reader.AddText(problem);
            }
        }

        FrameworkSettings.Check(reader);
    }

    private static FetchingOptions FetchingOf(SettingsReader reader)
    {
        var options = reader.Read<FetchingOptions>(FetchingOptions.Section);
        reader.AddRange(FetchingOptionsValidator.Validate(options));
        return options;
    }

    private static UnapprovedClientOptions UnapprovedClientsOf(SettingsReader reader)
    {
        var options = reader.Read<UnapprovedClientOptions>(UnapprovedClientOptions.Section);
        foreach (var (name, value) in new[]
        {
            (nameof(options.Max), options.Max),
            (nameof(options.MaxMegabytes), options.MaxMegabytes),
            (nameof(options.MaxPerNetwork), options.MaxPerNetwork),
            (nameof(options.MaxPerRedirectHost), options.MaxPerRedirectHost),
        })
        {
            if (value < 1)
            {
                reader.Add($"{UnapprovedClientOptions.Section}:{name}", $"{value}", $"a whole number from 1 to {int.MaxValue}");
            }
        }

        return options;
    }

    private static RequestOptions RequestsOf(SettingsReader reader)
    {
        var options = reader.Read<RequestOptions>(RequestOptions.Section);
        if (!options.IsBodyTimeoutInRange)
        {
            reader.Add(
                $"{RequestOptions.Section}:{nameof(options.BodyTimeout)}", $"{options.BodyTimeout}", "a time from 00:00:01 to 00:01:00");
        }

        return options;
    }

    private static ConsoleOptions ConsoleOf(SettingsReader reader)
    {
        var options = reader.Read<ConsoleOptions>(ConsoleOptions.Section);
        if (!options.IsSessionLifetimeInRange)
        {
            reader.Add(
                $"{ConsoleOptions.Section}:{nameof(options.SessionLifetime)}",
                $"{options.SessionLifetime}",
                "a time from 00:01:00 to 08:00:00");
        }

        return options;
    }

    private static AdmissionOptions AdmissionOf(
        SettingsReader reader, ServiceOptions service, RateLimitOptions limits, RegistrationOptions registration)
    {
        foreach (var (key, value) in new[]
        {
            (ServiceOptions.RateLimitKey, service.RateLimit),
            ($"{RateLimitOptions.Section}:{nameof(limits.Global)}", limits.Global),
            ($"{RateLimitOptions.Section}:{nameof(limits.Management)}", limits.Management),
            ($"{RateLimitOptions.Section}:{nameof(limits.FailedManagement)}", limits.FailedManagement),
            ($"{RateLimitOptions.Section}:{nameof(limits.FailedRoleToken)}", limits.FailedRoleToken),
        })
        {
            if (value < 1)
            {
                reader.Add(key, $"{value}", $"a whole number from 1 to {int.MaxValue}");
            }
        }

        if (service.Token.Length > 0 && !TokenSettings.IsToken(service.Token))
        {
            reader.Add(ServiceOptions.TokenKey, value: null, TokenSettings.Allowed);
        }

        return new AdmissionOptions
        {
            Enabled = service.Enabled,
            Token = service.Token,
            RateLimit = service.RateLimit,
            GlobalRateLimit = limits.Global,
            ManagementRateLimit = limits.Management,
            FailedManagementRateLimit = limits.FailedManagement,
            FailedRoleTokenRateLimit = limits.FailedRoleToken,
            TokenRequired = registration.InitialAccessTokenRequired,
        };
    }
}
