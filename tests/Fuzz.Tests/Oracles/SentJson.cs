using System.Text.Json;

namespace GrpcDcr.Fuzz.Tests.Oracles;

/// <summary>What a client sent, read token by token: another way than the service's.</summary>
internal static class SentJson
{
    /// <summary>Whether some object of the document has a member twice, once escapes are undone (RFC 8259 section 4).</summary>
    public static bool HasDuplicates(ReadOnlySpan<byte> document)
    {
        var reader = new Utf8JsonReader(document);
        var objects = new Stack<HashSet<string>>();
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    objects.Push(new HashSet<string>(StringComparer.Ordinal));
                    break;
                case JsonTokenType.EndObject:
                    objects.Pop();
                    break;
                case JsonTokenType.PropertyName when !objects.Peek().Add(reader.GetString()!):
                    return true;
                default:
                    break;
            }
        }

        return false;
    }

    /// <summary>The strings of a member of the outermost object; none where it is absent or null.</summary>
    public static IReadOnlyList<string> Texts(byte[] document, string member)
    {
        using var parsed = JsonDocument.Parse(document);
        return parsed.RootElement.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Select(item => item.GetString()!)]
            : [];
    }

    /// <summary>The string of a member of the outermost object; empty where it is absent or null.</summary>
    public static string Text(byte[] document, string member)
    {
        using var parsed = JsonDocument.Parse(document);
        return parsed.RootElement.TryGetProperty(member, out var value) ? value.GetString() ?? "" : "";
    }

    public static bool Has(byte[] document, string member)
    {
        using var parsed = JsonDocument.Parse(document);
        return parsed.RootElement.TryGetProperty(member, out _);
    }
}
