namespace GrpcDcr.Server.Model;

/// <summary>Which page to read.</summary>
/// <param name="Size">Entries at the most; clamped to 1..<see cref="MaxSize"/>.</param>
/// <param name="Token"><see cref="Page{T}.NextToken"/> of the page before, <see langword="null"/> for the first.</param>
internal sealed record PageRequest(int Size, PageToken? Token = null)
{
    public const int MaxSize = 500;

    public int ClampedSize => Math.Clamp(Size, 1, MaxSize);
}

/// <summary>Entries in order, and where the next ones start.</summary>
/// <param name="Items">The entries.</param>
/// <param name="NextToken"><see langword="null"/> when nothing follows.</param>
internal sealed record Page<T>(IReadOnlyList<T> Items, PageToken? NextToken);

/// <summary>The key of the last entry looked at. Opaque to callers: 16 bytes for clients and tokens, 8 for audit events.</summary>
internal sealed record PageToken(ReadOnlyMemory<byte> Bytes);
