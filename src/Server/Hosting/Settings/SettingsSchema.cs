using System.Reflection;
using GrpcDcr.Server.Admission;
using GrpcDcr.Server.Admission.Redis;
using GrpcDcr.Server.Endpoints.Console.Shared;
using GrpcDcr.Server.Endpoints.Http;
using GrpcDcr.Server.Fetching;
using GrpcDcr.Server.Policy;
using GrpcDcr.Server.SoftwareStatements;

namespace GrpcDcr.Server.Hosting.Settings;

/// <summary>One setting.</summary>
/// <param name="Name">Its name within its section.</param>
/// <param name="Property">The property of the options type. It has the type and, in a new object, the default.</param>
/// <param name="Separator">The separator of a list in one string; <see langword="null"/> if it is not a list.</param>
/// <param name="IsSecret">Whether its value is never shown.</param>
internal sealed record Setting(string Name, PropertyInfo Property, string? Separator, bool IsSecret)
{
    /// <summary>The setting that holds the path of a file with the value; <see langword="null"/> if there is none.</summary>
    public string? FileName => !IsSecret ? null : Name.Contains('_', StringComparison.Ordinal) ? Name + "_FILE" : Name + "File";
}

/// <summary>The settings of a section.</summary>
/// <param name="Path">The section; a star stands for a name that the deployment chooses. Empty for the root.</param>
/// <param name="Options">The type that they are read into.</param>
internal sealed record SettingsGroup(string Path, Type Options)
{
    public IReadOnlyList<Setting> Settings { get; } = SettingsSchema.SettingsOf(Options);

    public string KeyOf(string name) => Path.Length == 0 ? name : $"{Path}:{name}";
}

/// <summary>All settings, derived from the types that they are read into. Other keys are unknown.</summary>
internal static class SettingsSchema
{
    /// <summary>Stands for a name that the deployment chooses.</summary>
    public const string AnyName = "*";

    public static IReadOnlyList<SettingsGroup> Groups { get; } =
    [
        new("", typeof(ServiceOptions)),
        new(RateLimitOptions.Section, typeof(RateLimitOptions)),
        new(UnapprovedClientOptions.Section, typeof(UnapprovedClientOptions)),
        new(RequestOptions.Section, typeof(RequestOptions)),
        new(RedisLimitOptions.Section, typeof(RedisLimitOptions)),
        new(ConsoleOptions.Section, typeof(ConsoleOptions)),
        .. ListenerSettings.Groups,
        new($"{TokenOptions.Section}:{AnyName}", typeof(TokenOptions)),
        new(JwtOptions.Section, typeof(JwtOptions)),
        new(JwtRoleOptions.Section, typeof(JwtRoleOptions)),
        new(OpenIdProviderOptions.Section, typeof(OpenIdProviderOptions)),
        new(OpenIdProviderRoleOptions.Section, typeof(OpenIdProviderRoleOptions)),
        new(ClientCertificateOptions.Section, typeof(ClientCertificateOptions)),
        new($"{ClientCertificateOptions.Section}:{AnyName}", typeof(CertificateHolderOptions)),
        new(ForwardedOptions.Section, typeof(ForwardedOptions)),
        new(StorageSettings.Section, typeof(StorageChoice)),
        new(LiteDbSettings.Section, typeof(LiteDbSettings)),
        new(PostgresSettings.Section, typeof(PostgresSettings)),
        new(MetadataOptions.Section, typeof(MetadataOptions)),
        new(RegistrationOptions.Section, typeof(RegistrationOptions)),
        .. ProfileSettings.Sections.Select(section => new SettingsGroup(section, typeof(RegistrationOptions))),
        new(CapabilityOptions.Section, typeof(CapabilityOptions)),
        new(SoftwareStatementOptions.Section, typeof(SoftwareStatementOptions)),
        new($"{SoftwareStatementIssuerOptions.Section}:{AnyName}", typeof(SoftwareStatementIssuerOptions)),
        new(FetchingOptions.Section, typeof(FetchingOptions)),
        new(TelemetryOptions.Section, typeof(TelemetryOptions)),
    ];

    public static SettingsNode Root { get; } = SettingsNode.Of(Groups, FrameworkSettings.Paths);

    /// <summary>The names of sections, of the service and of the framework, directly below the root.</summary>
    public static IEnumerable<string> RootSections => Root.Children.Where(child => child.Value.HasChildren).Select(child => child.Key);

    public static IReadOnlyList<Setting> SettingsOf(Type options) =>
    [
        .. options.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite).Select(
            property => new Setting(
            property.GetCustomAttribute<SettingNameAttribute>()?.Name ?? property.Name,
            property,
            property.GetCustomAttribute<ListSettingAttribute>()?.Separator,
            property.GetCustomAttribute<SecretSettingAttribute>() is not null)),
    ];
}
