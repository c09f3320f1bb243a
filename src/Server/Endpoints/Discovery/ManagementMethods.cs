using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Endpoints.Discovery;

/// <summary>The acts of RFC 7592 as RPCs, and as HTTP methods of the client configuration endpoint (section 2).</summary>
internal static class ManagementMethods
{
    private static readonly (string Rpc, ManagementActs Act, string Method)[] Rows =
    [
        ("ReadClient", ManagementActs.Read, HttpMethods.Get),
        ("UpdateClient", ManagementActs.Update, HttpMethods.Put),
        ("DeleteClient", ManagementActs.Delete, HttpMethods.Delete),
    ];

    public static ManagementActs ActOf(string rpc) => Rows.Single(row => row.Rpc == rpc).Act;

    public static IEnumerable<string> MethodsOf(ManagementActs acts) => Rows.Where(row => acts.HasFlag(row.Act)).Select(row => row.Method);
}
