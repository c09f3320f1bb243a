namespace GrpcDcr.Server.Model;

/// <summary>Identifiers from one to another, both included. Empty if the first is above the last.</summary>
internal readonly record struct ClientIdRange(UInt128 First, UInt128 Last)
{
    private const string Lowest = "00000000-0000-0000-0000-000000000000";
    private const string Highest = "ffffffff-ffff-ffff-ffff-ffffffffffff";
    private const int TimeShift = 80;

    public static ClientIdRange All { get; } = new(0, UInt128.MaxValue);

    public bool IsEmpty => First > Last;

    public Guid FirstId => IdOf(First);

    public Guid LastId => IdOf(Last);

    /// <summary>The identifiers whose text begins with this, which may be a whole one; <see langword="null"/> if none can.</summary>
    public static ClientIdRange? StartingWith(string text) =>
        text.Length <= Lowest.Length
        && ClientId.TryParse(text + Lowest[text.Length..], out var first)
        && ClientId.TryParse(text + Highest[text.Length..], out var last)
            ? new ClientIdRange(NumberOf(first), NumberOf(last))
            : null;

    /// <summary>The identifiers that were made in a time.</summary>
    /// <param name="from">The beginning; <see langword="null"/> for none.</param>
    /// <param name="until">The end, which is included; <see langword="null"/> for none.</param>
    public static ClientIdRange MadeIn(DateTimeOffset? from, DateTimeOffset? until) => new(
        from is { } start ? TimeOf(start) : 0,
        until is { } end ? TimeOf(end) | (UInt128.MaxValue >> (128 - TimeShift)) : UInt128.MaxValue);

    public ClientIdRange And(ClientIdRange other) => new(UInt128.Max(First, other.First), UInt128.Min(Last, other.Last));

    /// <summary>The part of the range that is left after a position.</summary>
    /// <param name="position">The last identifier that was examined.</param>
    /// <param name="order">The order in which they are examined.</param>
    public ClientIdRange After(UInt128 position, ListOrder order) => order == ListOrder.OldestFirst
        ? position == UInt128.MaxValue ? new ClientIdRange(1, 0) : And(new ClientIdRange(position + 1, UInt128.MaxValue))
        : position == 0 ? new ClientIdRange(1, 0) : And(new ClientIdRange(0, position - 1));

    public bool Contains(ClientId id) => NumberOf(id) is var number && number >= First && number <= Last;

    /// <summary>The identifier as a number: their order is the same.</summary>
    public static UInt128 NumberOf(ClientId id) => NumberOf(id.Value);

    public static UInt128 NumberOf(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    public static Guid IdOf(UInt128 number)
    {
        Span<byte> bytes = stackalloc byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(bytes, number);
        return new Guid(bytes, bigEndian: true);
    }

    private static UInt128 TimeOf(DateTimeOffset time) => (UInt128)Math.Max(0, time.ToUnixTimeMilliseconds()) << TimeShift;
}
