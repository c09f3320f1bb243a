using GrpcDcr.Server.Registration.Statements;

namespace GrpcDcr.Server.Hosting.Settings;

/// <summary>Whose software statements are trusted: sections <c>Statements</c> and <c>Statements:Issuers:NAME</c>.</summary>
/// <param name="Options">How statements are judged.</param>
/// <param name="Issuers">Those who are trusted.</param>
internal sealed record StatementSettings(StatementOptions Options, IReadOnlyCollection<StatementIssuerOptions> Issuers)
{
    private const string IssuersKey = "Issuers";

    public static StatementSettings Read(IConfiguration configuration, List<string> problems)
    {
        var options = SettingsSection.Read<StatementOptions>(configuration, StatementOptions.Section, problems, IssuersKey);
        if (new StatementOptionsValidator().Validate(null, options) is { Failed: true } failed)
        {
            problems.AddRange(failed.Failures);
        }

        var issuers = configuration.GetSection(StatementIssuerOptions.Section).GetChildren()
            .ToDictionary(issuer => issuer.Key, issuer => ReadIssuer(configuration, issuer, problems), StringComparer.OrdinalIgnoreCase);
        problems.AddRange(StatementIssuerOptionsValidator.Duplicates(issuers));
        return new StatementSettings(options, issuers.Values);
    }

    private static StatementIssuerOptions ReadIssuer(IConfiguration configuration, IConfigurationSection section, List<string> problems)
    {
        var issuer = SettingsSection.Read<StatementIssuerOptions>(configuration, section.Path, problems);
        if (new StatementIssuerOptionsValidator().Validate(section.Key, issuer) is { Failed: true } failed)
        {
            problems.AddRange(failed.Failures);
        }

        return issuer;
    }
}
