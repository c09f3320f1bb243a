using System.Text.Json;
using System.Text.Unicode;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Registration;
using GrpcDcr.Server.Registration.Policy;
using GrpcDcr.Server.Registration.Rules;

namespace GrpcDcr.Server.Wire.Http;

/// <summary>
/// Reads the flat document a client sends (RFC 7591 section 3.1): members of the right type under their registered names, language-tagged
/// ones, and those the deployment names; null ones and unknown ones are left out.
/// </summary>
internal static class MetadataJson
{
    /// <summary>Levels. A JWK Set needs four.</summary>
    private const int MaxDepth = 16;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };

    /// <param name="sent">The body.</param>
    /// <param name="named">The members that the deployment names beside the registered ones.</param>
    /// <exception cref="RegistrationRefusedException">
    /// Not one JSON object in UTF-8, a member twice, or members of the wrong type: then with a violation for each.
    /// </exception>
    public static ClientMetadata Read(ReadOnlyMemory<byte> sent, AllowedValues named) =>
        Read(sent, (document, violations) => MetadataOf(document, named, violations));

    /// <summary>Reads one JSON object.</summary>
    public static T Read<T>(ReadOnlyMemory<byte> sent, Func<JsonElement, List<Violation>, T> read)
    {
        try
        {
            using var document = Parse(sent);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw Refused("The body must be one JSON object.");
            }

            var violations = new List<Violation>();
            var result = read(document.RootElement, violations);
            return violations.Count == 0
                ? result
                : throw new RegistrationRefusedException(new RegistrationFault.InvalidMetadata(violations));
        }
        catch (InvalidOperationException)
        {
            // The one way to get here: a name or text with a \u escape that is half a surrogate pair (RFC 8259 section 8.2).
            throw Refused("The body has a string that is not valid Unicode.");
        }
    }

    /// <summary>The client metadata of a document.</summary>
    public static ClientMetadata MetadataOf(JsonElement document, AllowedValues named, List<Violation> violations)
    {
        var members = new SentMembers(named);
        foreach (var member in document.EnumerateObject())
        {
            members.Add(member.Name, member.Value);
        }

        violations.AddRange(members.Violations);
        return members.ToMetadata();
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
