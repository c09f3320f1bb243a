namespace GrpcDcr.Server.Tests.Architecture;

/// <summary>
/// The modules of the server and their floors, as in <c>docs/architecture.md</c>. A module may refer to modules of lower floors only.
/// </summary>
internal static class Floors
{
    public const string Root = "GrpcDcr.Server";

    public static IReadOnlyDictionary<string, int> OfModules { get; } = new Dictionary<string, int>(StringComparer.Ordinal)
    {
        ["Hosting"] = 9,
        ["Endpoints"] = 8,
        ["Management"] = 7,
        ["Registration"] = 6,
        ["Admission"] = 5,
        ["Administration"] = 5,
        ["Directory"] = 5,
        ["SoftwareStatements"] = 4,
        ["MetadataDocuments"] = 4,
        ["Credentials"] = 4,
        ["Audit"] = 4,
        ["Validation"] = 3,
        ["Fetching"] = 3,
        ["Errors"] = 3,
        ["Policy"] = 2,
        ["Storage"] = 2,
        ["Model"] = 1,
        ["Telemetry"] = 0,
        ["Syntax"] = 0,
    };
}
