using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Policy.Blocking;

/// <summary>One row for each subject of block rules.</summary>
internal static class BlockSubjects
{
    /// <summary>Other clients may share a name or a <c>software_id</c>, so that a rule for these only holds.</summary>
    private static readonly Dictionary<BlockSubject, (string Name, BlockEffect Default)> Rows = new()
    {
        [BlockSubject.RedirectHost] = ("REDIRECT_HOST", BlockEffect.Refuse),
        [BlockSubject.SoftwareId] = ("SOFTWARE_ID", BlockEffect.Hold),
        [BlockSubject.ClientName] = ("CLIENT_NAME", BlockEffect.Hold),
        [BlockSubject.SourceNetwork] = ("SOURCE_NETWORK", BlockEffect.Refuse),
        [BlockSubject.DocumentHost] = ("DOCUMENT_HOST", BlockEffect.Refuse),
    };

    public static IEnumerable<string> Names => Rows.Values.Select(row => row.Name);

    public static string NameOf(BlockSubject subject) => Rows[subject].Name;

    public static BlockEffect DefaultEffectOf(BlockSubject subject) => Rows[subject].Default;
}
