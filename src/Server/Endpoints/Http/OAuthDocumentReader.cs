using System.Text.Json;
using System.Text.Unicode;
using GrpcDcr.Server.Endpoints.Mapping;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Endpoints.Http;

/// <summary>
/// Reads the flat JSON document of a client (RFC 7591 section 3.1, RFC 7592 section 2.2) into its message, in one pass: members of the
/// member table, language-tagged members and those that the deployment names. Unknown members are ignored. Finds every value of a wrong
/// type.
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
    private readonly V1.ClientMetadata _metadata = new();

    /// <summary><see langword="null"/> for a registration, in which identifier and secret are unknown members.</summary>
    private readonly V1.ClientUpdate? _update;

    private readonly Violations _violations;
    private readonly bool[] _seen = new bool[MetadataMembers.All[^1].Number + 1];
    private HashSet<string>? _others;
    private Utf8JsonReader _reader;
    private string? _duplicate;

    private OAuthDocumentReader(ReadOnlySpan<byte> source, AllowedValues named, Violations violations, V1.ClientUpdate? update)
    {
        (_named, _violations, _update) = (named, violations, update);
        _source = source;
        _reader = new Utf8JsonReader(source, Options);
    }

    /// <param name="sent">The body.</param>
    /// <param name="named">The additional members that the deployment names.</param>
    /// <param name="violations">Gets the members with a wrong type, which are left out of the message.</param>
    /// <exception cref="RegistrationRefusedException">
    /// The body is not one JSON object in UTF-8, or has a duplicate member.
    /// </exception>
    public static V1.ClientMetadata ReadRegistration(ReadOnlySpan<byte> sent, AllowedValues named, Violations violations) =>
        new OAuthDocumentReader(sent, named, violations, update: null).Read();

    /// <inheritdoc cref="ReadRegistration"/>
    public static V1.ClientUpdate ReadUpdate(ReadOnlySpan<byte> sent, AllowedValues named, Violations violations)
    {
        var update = new V1.ClientUpdate();
        update.Metadata = new OAuthDocumentReader(sent, named, violations, update).Read();
        return update;
    }

    private V1.ClientMetadata Read()
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

        return _duplicate is null ? _metadata : throw Refused($"The member {Excerpt.Of(_duplicate)} occurs twice.");
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
        if (!(_update is not null && ReadOfUpdate(other, _update)))
        {
            ReadOther(other);
        }
    }

    private void ReadRegistered(MetadataMember member)
    {
        var value = MemberJson.Read(member, ref _reader, _source, out var fault);
        if (fault is not null)
        {
            _violations.Add(member, $"{member} {fault}.");
        }
        else if (value is not null)
        {
            MetadataMapping.Set(_metadata, member, value);
        }
    }

    /// <summary>Reads the identifier and the secret in an update.</summary>
    /// <returns><see langword="false"/> for any other name.</returns>
    private bool ReadOfUpdate(string name, V1.ClientUpdate update)
    {
        if (Forbidden.Contains(name))
        {
            _violations.Add(name, $"{name} must not be in an update; only the server sets it (RFC 7592 section 2.2).");
        }
        else if (name is not (MemberNames.ClientId or MemberNames.ClientSecret))
        {
            return false;
        }
        else if (_reader.TokenType == JsonTokenType.String && name == MemberNames.ClientId)
        {
            update.ClientId = _reader.GetString();
        }
        else if (_reader.TokenType == JsonTokenType.String)
        {
            update.ClientSecret = _reader.GetString();
        }
        else if (_reader.TokenType != JsonTokenType.Null)
        {
            _violations.Add(name, $"{name} must be a string.");
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
                _metadata.Localized[name] = _reader.GetString()!;
                return;
            }

            _violations.Add(Validation.LocalizedRules.AtFault(name), $"{Excerpt.Of(name)} must be a string.");
        }
        else if (MetadataMembers.FindByChoices(name) is not null)
        {
            ReadChoices(name);
            return;
        }
        else if (_named.Contains(name))
        {
            _metadata.Extensions[name] = MemberJson.ReadAny(ref _reader, _source).GetRawText();
            return;
        }

        MemberJson.Ignore(ref _reader, _source);
    }

    private void ReadChoices(string name)
    {
        if (MemberJson.Read(MemberKind.Texts, ref _reader, _source, out var fault) is string[] values)
        {
            _metadata.Choices[name] = new V1.MetadataChoices { Values = { values } };
        }
        else
        {
            _violations.Add(name, $"{name} {fault}.");
        }
    }

    private static RegistrationRefusedException Refused(string problem) =>
        new(new RegistrationFault.InvalidMetadata([new Violation("", problem)]));
}
