using GrpcDcr.Server.SoftwareStatements;

namespace GrpcDcr.Server.Hosting.Settings;

/// <summary>Whose software statements are trusted: sections <c>Statements</c> and <c>Statements:Issuers:NAME</c>.</summary>
/// <param name="Options">How statements are validated.</param>
/// <param name="Issuers">Those who are trusted.</param>
internal sealed record SoftwareStatementSettings(SoftwareStatementOptions Options, IReadOnlyCollection<SoftwareStatementIssuerOptions> Issuers)
{
    private const string IssuersKey = "Issuers";

    public static SoftwareStatementSettings Read(IConfiguration configuration, List<string> problems)
    {
        var options = SettingsSection.Read<SoftwareStatementOptions>(configuration, SoftwareStatementOptions.Section, problems, IssuersKey);
        if (new SoftwareStatementOptionsValidator().Validate(null, options) is { Failed: true } failed)
        {
            problems.AddRange(failed.Failures);
        }

        var issuers = configuration.GetSection(SoftwareStatementIssuerOptions.Section).GetChildren()
            .ToDictionary(issuer => issuer.Key, issuer => ReadIssuer(configuration, issuer, problems), StringComparer.OrdinalIgnoreCase);
        problems.AddRange(SoftwareStatementIssuerOptionsValidator.Duplicates(issuers));
        return new SoftwareStatementSettings(options, issuers.Values);
    }

    private static SoftwareStatementIssuerOptions ReadIssuer(IConfiguration configuration, IConfigurationSection section, List<string> problems)
    {
        var issuer = SettingsSection.Read<SoftwareStatementIssuerOptions>(configuration, section.Path, problems);
        if (new SoftwareStatementIssuerOptionsValidator().Validate(section.Key, issuer) is { Failed: true } failed)
        {
            problems.AddRange(failed.Failures);
        }

        return issuer;
    }
}
