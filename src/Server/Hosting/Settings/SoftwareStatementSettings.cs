using GrpcDcr.Server.SoftwareStatements;

namespace GrpcDcr.Server.Hosting.Settings;

/// <summary>Whose software statements are trusted: sections <c>SoftwareStatements</c> and <c>SoftwareStatements:Issuers:NAME</c>.</summary>
/// <param name="Options">Settings for all statements.</param>
/// <param name="Issuers">The trusted issuers.</param>
internal sealed record SoftwareStatementSettings(
    SoftwareStatementOptions Options, IReadOnlyCollection<SoftwareStatementIssuerOptions> Issuers)
{
    public static SoftwareStatementSettings Read(SettingsReader reader)
    {
        var options = reader.Read<SoftwareStatementOptions>(SoftwareStatementOptions.Section);
        reader.AddRange(SoftwareStatementOptionsValidator.Validate(options));
        var issuers = reader.Sources.NamesIn(SoftwareStatementIssuerOptions.Section)
            .ToDictionary(label => label, label => ReadIssuer(reader, label), StringComparer.OrdinalIgnoreCase);
        reader.AddRange(SoftwareStatementIssuerOptionsValidator.Duplicates(issuers));
        return new SoftwareStatementSettings(options, issuers.Values);
    }

    private static SoftwareStatementIssuerOptions ReadIssuer(SettingsReader reader, string label)
    {
        var issuer = reader.Read<SoftwareStatementIssuerOptions>($"{SoftwareStatementIssuerOptions.Section}:{label}");
        reader.AddRange(SoftwareStatementIssuerOptionsValidator.Validate(label, issuer));
        return issuer;
    }
}
