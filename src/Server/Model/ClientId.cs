using System.Diagnostics.CodeAnalysis;

namespace GrpcDcr.Server.Model;

/// <summary>
/// The <c>client_id</c> of RFC 7591 section 3.2.1: a UUID of version 7 in its lower-case text form with hyphens. Identifiers are ordered by
/// the time of issue. They reveal that time, which the client also gets as <c>client_id_issued_at</c>; an identifier is not a secret.
/// </summary>
internal readonly record struct ClientId(Guid Value) : IComparable<ClientId>
{
    private const int TextLength = 36;

    /// <summary>Reads the text form. Any other spelling of the same UUID (upper case, braces, white space) is not an identifier.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out ClientId id)
    {
        // The parser also takes white space, signs and 0x.
        Span<char> canonical = stackalloc char[TextLength];
        var isCanonical = Guid.TryParseExact(text, "D", out var value)
            && value.TryFormat(canonical, out _, "D")
            && canonical.SequenceEqual(text);
        id = isCanonical ? new ClientId(value) : default;
        return isCanonical;
    }

    /// <summary>Reads 16 bytes in RFC 9562 order.</summary>
    public static ClientId FromBytes(ReadOnlySpan<byte> bytes) => new(new Guid(bytes, bigEndian: true));

    /// <summary>The 16 bytes in RFC 9562 order; their order is the order of <see cref="CompareTo"/>.</summary>
    public byte[] ToBytes() => Value.ToByteArray(bigEndian: true);

    public int CompareTo(ClientId other) => Value.CompareTo(other.Value);

    public override string ToString() => Value.ToString("D");

    public static bool operator <(ClientId left, ClientId right) => left.CompareTo(right) < 0;

    public static bool operator >(ClientId left, ClientId right) => left.CompareTo(right) > 0;

    public static bool operator <=(ClientId left, ClientId right) => left.CompareTo(right) <= 0;

    public static bool operator >=(ClientId left, ClientId right) => left.CompareTo(right) >= 0;
}
