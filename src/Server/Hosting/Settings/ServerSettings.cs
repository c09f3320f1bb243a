using System.Net;
using GrpcDcr.Server.Admission;
using GrpcDcr.Server.Admission.Redis;
using GrpcDcr.Server.Endpoints.Discovery;
using GrpcDcr.Server.Fetching;
using GrpcDcr.Server.Policy;

namespace GrpcDcr.Server.Hosting.Settings;

/// <summary>The whole configuration, read and checked before anything starts.</summary>
internal sealed record ServerSettings(
    DoorAddresses Doors,
    string? PublicBaseUrl,
    IReadOnlyList<IPNetwork> TrustedProxies,
    ProfileSettings Registration,
    SoftwareStatementSettings Statements,
    FetchingOptions Fetching,
    AdmissionOptions Admission,
    RedisLimitOptions? SharedLimits,
    RoleOptions Operator,
    RoleOptions Directory,
    StorageSettings Storage,
    BaseDocument BaseDocument)
{
    public const string EnabledKey = "ENABLE_DYNAMIC_CLIENT_REGISTRATION";
    public const string TokenKey = "DYNAMIC_CLIENT_REGISTRATION_TOKEN";
    public const string RateLimitKey = "DYNAMIC_CLIENT_REGISTRATION_RATE_LIMIT";

    /// <exception cref="SettingsException">With every problem there is.</exception>
    public static ServerSettings Read(IConfiguration configuration)
    {
        var problems = new List<string>();
        var proxies = SettingRules.Networks(
            SettingsSection.Read<ForwardedOptions>(configuration, ForwardedOptions.Section, problems).TrustedProxies, problems);
        var registration = ProfileSettings.Read(configuration, problems);
        SettingRules.CheckListeners(configuration, problems);
        var settings = new ServerSettings(
            SettingRules.Doors(SettingsSection.Read<DoorOptions>(configuration, DoorOptions.Section, problems), proxies.Count > 0, problems),
            SettingRules.Origin(configuration["PublicBaseUrl"], problems),
            proxies,
            registration,
            SoftwareStatementSettings.Read(configuration, problems),
            FetchingOf(configuration, problems),
            AdmissionOf(configuration, registration.Server, problems),
            RedisLimitSettings.Read(configuration, problems),
            SettingRules.Role(configuration, RoleOptions.OperatorSection, problems),
            SettingRules.Role(configuration, RoleOptions.DirectorySection, problems),
            StorageSettings.Read(configuration, problems),
            BaseDocumentFile.Read(
                SettingsSection.Read<MetadataOptions>(configuration, MetadataOptions.Section, problems).BaseDocumentPath, problems));
        SettingRules.RequireOrigin(settings, problems);
        SettingRules.RequireIssuers(settings, problems);
        StorageSettings.RequireSharedTokens(settings, problems);
        return problems.Count == 0 ? settings : throw new SettingsException(problems);
    }

    private static FetchingOptions FetchingOf(IConfiguration configuration, List<string> problems)
    {
        var options = SettingsSection.Read<FetchingOptions>(configuration, FetchingOptions.Section, problems);
        if (new FetchingOptionsValidator().Validate(null, options) is { Failed: true } failed)
        {
            problems.AddRange(failed.Failures);
        }

        return options;
    }

    private static AdmissionOptions AdmissionOf(IConfiguration configuration, RegistrationOptions registration, List<string> problems)
    {
        var defaults = new AdmissionOptions();
        var limits = SettingsSection.Read<RateLimitOptions>(configuration, RateLimitOptions.Section, problems, RedisLimitSettings.Apart);
        foreach (var (key, value) in new[]
        {
            (nameof(limits.Global), limits.Global), (nameof(limits.Management), limits.Management),
            (nameof(limits.FailedManagement), limits.FailedManagement),
        })
        {
            if (value < 1)
            {
                problems.Add(SettingsSection.Wrong($"{RateLimitOptions.Section}:{key}", $"{value}", $"a whole number from 1 to {int.MaxValue}"));
            }
        }

        return new AdmissionOptions
        {
            Enabled = SettingsSection.ReadFlag(configuration, EnabledKey, problems),
            Token = SettingRules.Token(configuration[TokenKey] ?? "", TokenKey, minimum: 1, problems),
            RateLimit = SettingsSection.ReadNumber(configuration, RateLimitKey, defaults.RateLimit, problems),
            GlobalRateLimit = limits.Global,
            ManagementRateLimit = limits.Management,
            FailedManagementRateLimit = limits.FailedManagement,
            TokenRequired = registration.InitialAccessTokenRequired,
        };
    }
}

/// <summary>Limits for all callers together: configuration section <c>RateLimit</c>.</summary>
internal sealed class RateLimitOptions
{
    public const string Section = "RateLimit";

    /// <summary>Where calls are counted. Default: in the memory of each instance.</summary>
    public LimitStore Store { get; set; }

    /// <summary>Registrations a minute for all addresses together. Default: 600.</summary>
    public int Global { get; set; } = new AdmissionOptions().GlobalRateLimit;

    /// <summary>Reads, updates and deletions a minute by clients of one address (RFC 7592). Default: 60.</summary>
    public int Management { get; set; } = new AdmissionOptions().ManagementRateLimit;

    /// <summary>Wrong registration access tokens a minute from one address (RFC 6749 section 2.3.1). Default: 10.</summary>
    public int FailedManagement { get; set; } = new AdmissionOptions().FailedManagementRateLimit;
}
