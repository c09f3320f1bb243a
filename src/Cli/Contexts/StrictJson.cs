using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace GrpcDcr.Cli.Contexts;

/// <summary>
/// Reads a file of this program that people may have edited. What is wrong is named with its line and what is allowed; values are not
/// shown, because they may be credentials.
/// </summary>
internal sealed class StrictJson
{
    private readonly byte[] _text;
    private readonly List<string> _problems = [];

    private StrictJson(byte[] text) => _text = text;

    /// <param name="path">The name of the file.</param>
    /// <param name="text">Its content.</param>
    /// <param name="type">What it must have.</param>
    /// <exception cref="CommandFault">Names everything that is wrong.</exception>
    public static T Read<T>(string path, byte[] text, JsonTypeInfo<T> type)
        where T : class
    {
        var strict = new StrictJson(text);
        strict.Check(type);
        return strict._problems.Count == 0
            ? JsonSerializer.Deserialize(text, type)!
            : throw CommandFault.Usage(string.Join("\n  ", strict._problems.Prepend($"{path} cannot be used:")));
    }

    private void Check(JsonTypeInfo type)
    {
        try
        {
            var reader = new Utf8JsonReader(_text);
            reader.Read();
            CheckValue(ref reader, "", type, mayBeNull: false);

            // Fails if something follows.
            reader.Read();
        }
        catch (JsonException e)
        {
            _problems.Add($"line {e.LineNumber + 1}: it is not JSON.");
        }
    }

    private void CheckValue(ref Utf8JsonReader reader, string name, JsonTypeInfo type, bool mayBeNull)
    {
        if (Expected(reader.TokenType, type, mayBeNull) is { } expected)
        {
            Add(reader.TokenStartIndex, $"{(name.Length == 0 ? "it" : name)} must be {expected}.");
            reader.Skip();
        }
        else if (reader.TokenType == JsonTokenType.StartObject)
        {
            CheckMembers(ref reader, name, type);
        }
        else if (reader.TokenType == JsonTokenType.StartArray)
        {
            for (var i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++)
            {
                CheckValue(ref reader, $"{name}[{i}]", ElementOf(type), mayBeNull: false);
            }
        }
        else if (type.Type == typeof(DateTimeOffset?) && reader.TokenType == JsonTokenType.String && !reader.TryGetDateTimeOffset(out _))
        {
            Add(reader.TokenStartIndex, $"{name} must be a time such as 2026-01-31T12:00:00Z.");
        }
    }

    private void CheckMembers(ref Utf8JsonReader reader, string name, JsonTypeInfo type)
    {
        var start = reader.TokenStartIndex;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (member, at) = (reader.GetString()!, reader.TokenStartIndex);
            var full = name.Length == 0 ? member : $"{name}.{member}";
            if (!seen.Add(member))
            {
                Add(at, $"{full} is there twice.");
            }

            reader.Read();
            if (type.Kind == JsonTypeInfoKind.Dictionary)
            {
                CheckValue(ref reader, full, ElementOf(type), mayBeNull: false);
            }
            else if (type.Properties.FirstOrDefault(property => property.Name == member) is { } known)
            {
                CheckValue(ref reader, full, type.Options.GetTypeInfo(known.PropertyType), known.IsSetNullable);
            }
            else
            {
                Add(at, $"{full} is not known; allowed are {string.Join(", ", type.Properties.Select(property => property.Name))}.");
                reader.Skip();
            }
        }

        foreach (var missing in type.Properties.Where(property => property.IsRequired && !seen.Contains(property.Name)))
        {
            Add(start, $"{(name.Length == 0 ? "it" : name)} has no {missing.Name}.");
        }
    }

    private static JsonTypeInfo ElementOf(JsonTypeInfo type) => type.Options.GetTypeInfo(type.ElementType!);

    /// <summary>What a value must be; null if it is.</summary>
    private static string? Expected(JsonTokenType token, JsonTypeInfo type, bool mayBeNull) => token == JsonTokenType.Null && mayBeNull
        ? null
        : (type.Kind, type.Type) switch
        {
            (JsonTypeInfoKind.Object or JsonTypeInfoKind.Dictionary, _) => token == JsonTokenType.StartObject ? null : "an object",
            (JsonTypeInfoKind.Enumerable, _) => token == JsonTokenType.StartArray ? null : "a list",
            (_, var kind) when kind == typeof(bool) => token is JsonTokenType.True or JsonTokenType.False ? null : "true or false",
            (_, var kind) when kind == typeof(string) || kind == typeof(DateTimeOffset?) =>
                token == JsonTokenType.String ? null : "a text",
            _ => throw new UnreachableException($"{type.Type} is no type of a file."),
        };

    private void Add(long at, string problem) => _problems.Add($"line {_text.AsSpan(0, (int)at).Count((byte)'\n') + 1}: {problem}");
}
