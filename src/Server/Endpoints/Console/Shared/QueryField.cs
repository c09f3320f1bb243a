using Google.Protobuf.Reflection;
using GrpcDcr.Server.Endpoints.Http;

namespace GrpcDcr.Server.Endpoints.Console.Shared;

/// <summary>A field of a form that searches: one query parameter.</summary>
/// <param name="Name">Of the parameter.</param>
/// <param name="Field">The field of the request that it sets.</param>
/// <param name="Label">For people.</param>
/// <param name="Hint">What may be entered; <see langword="null"/> if that is plain.</param>
/// <param name="Value">What was entered; empty if nothing was.</param>
/// <param name="IsWrong">Whether the value was refused.</param>
internal sealed record QueryField(string Name, FieldDescriptor Field, string Label, string? Hint, string Value, bool IsWrong)
{
    /// <summary>The values to choose from, with what they are called; <see langword="null"/> for text.</summary>
    public IReadOnlyList<(string Value, string Title)>? Choices => Field.FieldType switch
    {
        FieldType.Bool => [("true", "yes"), .. Field.HasPresence ? [("false", "no")] : Array.Empty<(string, string)>()],
        FieldType.Enum => [.. Field.EnumType.Values.Where(value => value.Number != 0).Select(value => ChoiceOf(Field.EnumType, value))],
        _ => null,
    };

    private static (string, string) ChoiceOf(EnumDescriptor type, EnumValueDescriptor value)
    {
        var name = value.Name[AllowedNames.PrefixOf(type).Length..];
        return (name, name.Replace('_', ' ').ToLowerInvariant());
    }
}
