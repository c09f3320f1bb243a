using System.Text.Json;
using System.Text.Unicode;
using GrpcDcr.Server.Credentials;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Management;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Endpoints.Http;

/// <summary>
/// Reads the flat JSON document of a client (RFC 7591 section 3.1, RFC 7592 section 2.2) in one pass: members of the member table,
/// language-tagged members and those that the deployment names. Unknown members are ignored. A value of a wrong type is absent, and among
/// <see cref="ClientMetadata.Unreadable"/>.
/// </summary>
internal ref struct OAuthDocumentReader
{
    /// <summary>In octets, as written.</summary>
    private const int LongestUsualName = 64;

    /// <summary>Maximum nesting, including the document itself. A JWK Set in it needs five levels.</summary>
    private const int MaxDepth = 16;

    private static readonly JsonReaderOptions Options = new() { MaxDepth = MaxDepth };

    /// <summary>Members that only the service sets, and that must not be in an update.</summary>
    private static readonly string[] Forbidden =
    [
        MemberNames.RegistrationAccessToken, MemberNames.RegistrationClientUri, MemberNames.ClientSecretExpiresAt,
        MemberNames.ClientIdIssuedAt,
    ];

    private readonly ReadOnlySpan<byte> _source;
    private readonly AllowedValues _named;

    /// <summary>In a registration, identifier and secret are unknown members.</summary>
    private readonly bool _isUpdate;

    private readonly SentMembers _members = new();
    private readonly bool[] _seen = new bool[MetadataMembers.All[^1].Number + 1];
    private string? _clientId;
    private string? _clientSecret;
    private HashSet<string>? _others;
    private Utf8JsonReader _reader;
    private string? _duplicate;

    private OAuthDocumentReader(ReadOnlySpan<byte> source, AllowedValues named, bool isUpdate)
    {
        (_named, _isUpdate) = (named, isUpdate);
        _source = source;
        _reader = new Utf8JsonReader(source, Options);
    }

    /// <param name="sent">The body.</param>
    /// <param name="named">The additional members that the deployment names.</param>
    /// <exception cref="RegistrationRefusedException">
    /// The body is not one JSON object in UTF-8, or has a duplicate member.
    /// </exception>
    public static ClientMetadata ReadRegistration(ReadOnlySpan<byte> sent, AllowedValues named) =>
        new OAuthDocumentReader(sent, named, isUpdate: false).Read();

    /// <inheritdoc cref="ReadRegistration"/>
    public static UpdateRequest ReadUpdate(ReadOnlySpan<byte> sent, AllowedValues named)
    {
        var reader = new OAuthDocumentReader(sent, named, isUpdate: true);
        var metadata = reader.Read();
        return new UpdateRequest(
            reader._clientId is "" ? null : reader._clientId,
            reader._clientSecret is { } secret ? new Secret(secret) : null,
            metadata);
    }

    private ClientMetadata Read()
    {
        if (!Utf8.IsValid(_source))
        {
            throw Refused("The body is not valid UTF-8.");
        }

        try
        {
            RequireUnicode();
            ReadObject();
        }
        catch (JsonException e)
        {
            throw Refused(
                $"The body is not one valid JSON object of at most {MaxDepth} levels without duplicate members{JsonText.PositionOf(e)}.");
        }
        catch (InvalidOperationException)
        {
            // The only cause is a name or text with a \u escape that is an unpaired surrogate.
            throw Refused("The body has a string that is not valid Unicode.");
        }

        return _duplicate is null ? _members.Build() : throw Refused($"The member {Excerpt.Of(_duplicate)} occurs twice.");
    }

    /// <summary>Half of a surrogate pair is no text, in a member that is ignored neither (RFC 8259 section 8.2).</summary>
    private readonly void RequireUnicode()
    {
        if (_source.IndexOf("\\ud"u8) < 0 && _source.IndexOf("\\uD"u8) < 0)
        {
            return;
        }

        var ahead = _reader;
        while (ahead.Read())
        {
            if (ahead.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && ahead.ValueIsEscaped)
            {
                _ = ahead.GetString();
            }
        }
    }

    private void ReadObject()
    {
        _reader.Read();
        var isObject = _reader.TokenType == JsonTokenType.StartObject;
        if (isObject)
        {
            while (_reader.Read() && _reader.TokenType != JsonTokenType.EndObject)
            {
                ReadMember();
            }
        }
        else
        {
            _reader.Skip();
        }

        // Nothing may follow the object.
        _reader.Read();
        if (!isObject)
        {
            throw Refused("The body must be one JSON object.");
        }
    }

    private void ReadMember()
    {
        Span<char> buffer = stackalloc char[LongestUsualName];
        ReadOnlySpan<char> name = _reader.ValueSpan.Length <= LongestUsualName ? buffer[.._reader.CopyString(buffer)] : _reader.GetString();
        if (MetadataMembers.Find(name) is { } member)
        {
            _duplicate ??= _seen[member.Number] ? member.Name : null;
            _seen[member.Number] = true;
            _reader.Read();
            ReadRegistered(member);
            return;
        }

        var other = name.ToString();
        _duplicate ??= (_others ??= new(StringComparer.Ordinal)).Add(other) ? null : other;
        _reader.Read();
        if (!(_isUpdate && ReadOfUpdate(other)))
        {
            ReadOther(other);
        }
    }

    private void ReadRegistered(MetadataMember member)
    {
        _members.Set(member, MemberJson.Read(member, ref _reader, _source, out var fault));
        if (fault is not null)
        {
            _members.Unreadable.Add(member, $"{member} {fault}.");
        }
    }

    /// <summary>Reads the identifier and the secret in an update.</summary>
    /// <returns><see langword="false"/> for any other name.</returns>
    private bool ReadOfUpdate(string name)
    {
        if (Forbidden.Contains(name))
        {
            _members.Unreadable.Add(name, $"{name} must not be in an update; only the server sets it (RFC 7592 section 2.2).");
        }
        else if (name is not (MemberNames.ClientId or MemberNames.ClientSecret))
        {
            return false;
        }
        else if (_reader.TokenType == JsonTokenType.String)
        {
            ref var read = ref name == MemberNames.ClientId ? ref _clientId : ref _clientSecret;
            read = _reader.GetString();
        }
        else if (_reader.TokenType != JsonTokenType.Null)
        {
            _members.Unreadable.Add(name, $"{name} must be a string.");
        }

        MemberJson.Ignore(ref _reader, _source);
        return true;
    }

    /// <summary>
    /// Reads a language-tagged member (RFC 7591 section 2.2), a list of choices, or a member that the deployment names. All others are
    /// unknown.
    /// </summary>
    private void ReadOther(string name)
    {
        if (_reader.TokenType == JsonTokenType.Null)
        {
            return;
        }

        if (MetadataMembers.FindTranslated(name) is not null)
        {
            if (_reader.TokenType == JsonTokenType.String)
            {
                _members.SetLocalized(name, _reader.GetString()!);
                return;
            }

            _members.Unreadable.Add(Validation.LocalizedRules.AtFault(name), $"{Excerpt.Of(name)} must be a string.");
        }
        else if (MetadataMembers.FindByChoices(name) is { } member)
        {
            ReadChoices(name, member);
            return;
        }
        else if (_named.Contains(name))
        {
            _members.SetExtension(name, MemberJson.ReadAny(ref _reader, _source));
            return;
        }

        MemberJson.Ignore(ref _reader, _source);
    }

    private void ReadChoices(string name, MetadataMember member)
    {
        if (MemberJson.Read(MemberKind.Texts, ref _reader, _source, out var fault) is string[] values)
        {
            _members.SetChoices(member, values);
        }
        else
        {
            _members.Unreadable.Add(name, $"{name} {fault}.");
        }
    }

    private static RegistrationRefusedException Refused(string problem) =>
        new(new RegistrationFault.InvalidMetadata([new Violation("", problem)]));
}
