using System.Buffers.Binary;

namespace GrpcDcr.Server.Model;

/// <summary>Which page to read.</summary>
/// <param name="Size">The maximum number of entries, clamped to 1..<see cref="MaxSize"/>.</param>
/// <param name="Token">
/// <see cref="Page{T}.NextToken"/> of the previous page, which had the same order; <see langword="null"/> for the first page.
/// </param>
/// <param name="Order">The order of clients and audit events; other lists have only one.</param>
internal sealed record PageRequest(int Size, PageToken? Token = null, ListOrder Order = ListOrder.OldestFirst)
{
    public const int MaxSize = 500;

    public int ClampedSize => Math.Clamp(Size, 1, MaxSize);

    /// <summary>
    /// The sequence after which the page begins, in its order: 0 or the highest one for the first page. For lists of audit events.
    /// </summary>
    public long AfterSequence() => Token is not null ? BinaryPrimitives.ReadInt64BigEndian(Token.Bytes.Span)
        : Order == ListOrder.OldestFirst ? 0
        : long.MaxValue;

    /// <summary>The identifier after which the page begins; the empty one for the first page. For initial access tokens.</summary>
    public Guid AfterId() => Token is null ? Guid.Empty : new Guid(Token.Bytes.Span, bigEndian: true);
}

/// <summary>A page of entries.</summary>
/// <param name="Items">The entries.</param>
/// <param name="NextToken"><see langword="null"/> on the last page.</param>
internal sealed record Page<T>(IReadOnlyList<T> Items, PageToken? NextToken);

/// <summary>
/// Where a page ends: the key of the last entry that it has or that was examined for it. 16 bytes for clients and initial access tokens, 8
/// for audit events, 32 for one-time uses.
/// </summary>
internal sealed record PageToken(ReadOnlyMemory<byte> Bytes)
{
    /// <summary>After the audit event of that sequence.</summary>
    public static PageToken After(long sequence)
    {
        var bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, sequence);
        return new PageToken(bytes);
    }
}
