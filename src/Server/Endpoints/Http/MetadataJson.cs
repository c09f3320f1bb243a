using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using Google.Protobuf.Reflection;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Syntax;
using GrpcDcr.Server.Validation;

namespace GrpcDcr.Server.Endpoints.Http;

/// <summary>
/// Folds the flat document a client sends into the JSON form of <c>ClientMetadata</c>: members of the right type under
/// their registered names, language-tagged ones in <c>localized</c>, null ones and unknown ones left out.
/// </summary>
internal static class MetadataJson
{
    /// <summary>Levels. A JWK Set needs four.</summary>
    private const int MaxDepth = 16;

    private const string LocalizedMember = "localized";
    private const string ExtensionsMember = "extensions";

    private static readonly Dictionary<string, FieldDescriptor> Members = V1.ClientMetadata.Descriptor.Fields.InDeclarationOrder()
        .Where(field => field.JsonName is not (LocalizedMember or ExtensionsMember))
        .ToDictionary(field => field.JsonName, StringComparer.Ordinal);

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };

    /// <param name="sent">The body.</param>
    /// <param name="named">The members that the deployment names beside the registered ones.</param>
    /// <exception cref="RegistrationRefusedException">
    /// Not one JSON object in UTF-8, a member twice, or members of the wrong type: then with a violation for each.
    /// </exception>
    public static ArraySegment<byte> Fold(ReadOnlyMemory<byte> sent, AllowedValues named) =>
        Fold(sent, (writer, document, violations) => WriteMetadata(writer, document, named, violations));

    /// <summary>Reads one JSON object and has it written anew.</summary>
    public static ArraySegment<byte> Fold(ReadOnlyMemory<byte> sent, Action<Utf8JsonWriter, JsonElement, List<Violation>> write)
    {
        try
        {
            using var document = Parse(sent);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? Write(document.RootElement, write)
                : throw Refused("The body must be one JSON object.");
        }
        catch (InvalidOperationException)
        {
            // The one way to get here: a name or text with a \u escape that is half a surrogate pair (RFC 8259 section 8.2).
            throw Refused("The body has a string that is not valid Unicode.");
        }
    }

    /// <summary>Writes the members of client metadata as one object.</summary>
    public static void WriteMetadata(Utf8JsonWriter writer, JsonElement document, AllowedValues named, List<Violation> violations)
    {
        var (localized, extensions) = (new List<JsonProperty>(), new List<JsonProperty>());
        writer.WriteStartObject();
        foreach (var member in document.EnumerateObject().Where(member => member.Value.ValueKind != JsonValueKind.Null))
        {
            if (Members.TryGetValue(member.Name, out var field))
            {
                MetadataMember.Write(writer, field, member.Value, violations);
            }
            else if (IsLocalized(member.Name))
            {
                localized.Add(member);
            }
            else if (named.Contains(member.Name))
            {
                extensions.Add(member);
            }
        }

        WriteLocalized(writer, localized, violations);
        WriteExtensions(writer, extensions);
        writer.WriteEndObject();
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> sent)
    {
        if (!Utf8.IsValid(sent.Span))
        {
            throw Refused("The body is not valid UTF-8.");
        }

        try
        {
            return JsonDocument.Parse(sent, Strict);
        }
        catch (JsonException)
        {
            throw Refused(DuplicateIn(sent) is { } member
                ? $"The member {Excerpt.Of(member)} occurs twice."
                : $"The body is not one valid JSON object of at most {MaxDepth} levels without duplicate members.");
        }
    }

    private static ArraySegment<byte> Write(JsonElement document, Action<Utf8JsonWriter, JsonElement, List<Violation>> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        var violations = new List<Violation>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            write(writer, document, violations);
        }

        return violations.Count == 0
            ? new ArraySegment<byte>(buffer.WrittenMemory.ToArray())
            : throw new RegistrationRefusedException(new RegistrationFault.InvalidMetadata(violations));
    }

    /// <summary>RFC 7591 section 2.2; a tag on any other member makes it an unknown one.</summary>
    private static bool IsLocalized(string name)
    {
        var hash = name.IndexOf('#');
        return hash > 0 && MemberNames.HumanReadable.Contains(name[..hash]);
    }

    private static void WriteLocalized(Utf8JsonWriter writer, List<JsonProperty> members, List<Violation> violations)
    {
        if (members.Count == 0)
        {
            return;
        }

        writer.WriteStartObject(LocalizedMember);
        foreach (var member in members)
        {
            if (member.Value.ValueKind == JsonValueKind.String)
            {
                writer.WriteString(member.Name, member.Value.GetString());
            }
            else
            {
                violations.Add(new Violation(LocalizedRules.AtFault(member.Name), $"{Excerpt.Of(member.Name)} must be a string."));
            }
        }

        writer.WriteEndObject();
    }

    private static void WriteExtensions(Utf8JsonWriter writer, List<JsonProperty> members)
    {
        if (members.Count == 0)
        {
            return;
        }

        writer.WriteStartObject(ExtensionsMember);
        foreach (var member in members)
        {
            writer.WriteString(member.Name, member.Value.GetRawText());
        }

        writer.WriteEndObject();
    }

    /// <summary>The first member of the document that is there twice; <see langword="null"/> when that is not what is wrong.</summary>
    private static string? DuplicateIn(ReadOnlyMemory<byte> sent)
    {
        try
        {
            using var lenient = JsonDocument.Parse(sent, Strict with { AllowDuplicateProperties = true });
            var seen = new HashSet<string>(StringComparer.Ordinal);
            return lenient.RootElement.ValueKind == JsonValueKind.Object
                ? lenient.RootElement.EnumerateObject().Select(m => m.Name).FirstOrDefault(name => !seen.Add(name))
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static RegistrationRefusedException Refused(string problem) =>
        new(new RegistrationFault.InvalidMetadata([new Violation("", problem)]));
}
