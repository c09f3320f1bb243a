namespace GrpcDcr.Server.Model;

/// <summary>The identifier of an initial access token: a UUID version 7. It is part of the text of the token and not a secret.</summary>
internal readonly record struct InitialAccessTokenId(Guid Value) : IComparable<InitialAccessTokenId>
{
    /// <summary>Reads 16 bytes in RFC 9562 order.</summary>
    public static InitialAccessTokenId FromBytes(ReadOnlySpan<byte> bytes) => new(new Guid(bytes, bigEndian: true));

    /// <summary>Reads the lower-case text form with hyphens.</summary>
    public static bool TryParse(string? text, out InitialAccessTokenId id)
    {
        var isOne = ClientId.TryParse(text, out var spelled);
        id = new InitialAccessTokenId(spelled.Value);
        return isOne;
    }

    /// <summary>The 16 bytes in RFC 9562 order.</summary>
    public byte[] ToBytes() => Value.ToByteArray(bigEndian: true);

    public int CompareTo(InitialAccessTokenId other) => Value.CompareTo(other.Value);

    public override string ToString() => Value.ToString("D");

    public static bool operator <(InitialAccessTokenId left, InitialAccessTokenId right) => left.CompareTo(right) < 0;

    public static bool operator >(InitialAccessTokenId left, InitialAccessTokenId right) => left.CompareTo(right) > 0;

    public static bool operator <=(InitialAccessTokenId left, InitialAccessTokenId right) => left.CompareTo(right) <= 0;

    public static bool operator >=(InitialAccessTokenId left, InitialAccessTokenId right) => left.CompareTo(right) >= 0;
}

/// <summary>An initial access token that an administrator issued (RFC 7591 section 3). Times are in whole milliseconds, UTC.</summary>
internal sealed record InitialAccessToken
{
    public required InitialAccessTokenId Id { get; init; }

    /// <summary>The hash of the token.</summary>
    public required SecretHash Hash { get; init; }

    /// <summary>Its label; <see langword="null"/> for none.</summary>
    public string? Label { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>Who issued it; <see langword="null"/> if that is not known.</summary>
    public Actor? IssuedBy { get; init; }

    /// <summary>When it expires; <see langword="null"/> means never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>How many registrations it admits; <see langword="null"/> for any number.</summary>
    public int? MaxUses { get; init; }

    /// <summary>How many registrations it has admitted. Counted by the store.</summary>
    public int Uses { get; init; }

    /// <summary>When it last admitted one; <see langword="null"/> if never. Set by the store.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>When it was revoked; <see langword="null"/> if it was not.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>The constraints of the registrations that it admits.</summary>
    public required RegistrationConstraints Constraints { get; init; }

    /// <summary>Whether it admits a registration at that time.</summary>
    public bool IsUsable(DateTimeOffset now) =>
        RevokedAt is null && (ExpiresAt is not { } expiry || now < expiry) && (MaxUses is not { } most || Uses < most);
}
