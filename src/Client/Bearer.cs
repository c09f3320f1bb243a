using Grpc.Core;

namespace GrpcDcr.Client;

/// <summary>The <c>authorization</c> metadata of a call (RFC 6750 section 2.1).</summary>
internal static class Bearer
{
    public const string Header = "authorization";

    /// <summary>A copy of <paramref name="headers"/> with <paramref name="token"/>: the caller's own metadata stays as it is.</summary>
    public static Metadata Added(Metadata? headers, string token)
    {
        var copy = new Metadata();
        foreach (var entry in headers ?? [])
        {
            copy.Add(entry);
        }
        copy.Add(Header, "Bearer " + token);
        return copy;
    }
}
