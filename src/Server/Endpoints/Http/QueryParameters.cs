using System.Text.Json;
using Google.Protobuf.Reflection;
using GrpcDcr.Server.Syntax;
using Microsoft.Extensions.Primitives;

namespace GrpcDcr.Server.Endpoints.Http;

/// <summary>
/// The query parameters that a request message is sent by. Those of a message inside of it have its name and a dot before theirs.
/// </summary>
/// <param name="fields">The fields of the request that are sent in the query.</param>
internal sealed class QueryParameters(IEnumerable<FieldDescriptor> fields)
{
    private readonly List<KeyValuePair<string, FieldDescriptor>> _all =
        [.. fields.SelectMany(field => ParametersOf(field, field.JsonName))];

    /// <summary>All, with the fields that they set.</summary>
    public IReadOnlyList<KeyValuePair<string, FieldDescriptor>> All => _all;

    /// <param name="query">The query parameters that were sent.</param>
    /// <param name="violations">Gets those that are unknown, have a wrong value, or were sent more than once.</param>
    /// <returns>The others, with their values in the form that transcoding reads.</returns>
    public IReadOnlyList<KeyValuePair<string, JsonElement>> Read(
        IEnumerable<KeyValuePair<string, StringValues>> query, Violations violations)
    {
        var read = new List<KeyValuePair<string, JsonElement>>();
        foreach (var (name, values) in query)
        {
            if (_all.Find(parameter => parameter.Key == name).Value is not { } field)
            {
                var allowed = string.Join(", ", _all.Select(parameter => parameter.Key).DefaultIfEmpty("none"));
                violations.Add(name, $"The query parameter {Excerpt.Of(name)} is unknown. Allowed: {allowed}.");
                continue;
            }

            var (json, form) = values.Count == 1 ? ProtoJsonValue.Read(field, ValueOf(field, values.ToString())) : (null, "there once");
            if (json is null)
            {
                violations.Add(name, $"The query parameter {name} must be {form}.");
            }
            else
            {
                read.Add(new(name, JsonElement.Parse(json)));
            }
        }

        return read;
    }

    private static IEnumerable<KeyValuePair<string, FieldDescriptor>> ParametersOf(FieldDescriptor field, string name) =>
        ProtoJsonValue.IsSingle(field)
            ? [new(name, field)]
            : field.MessageType.Fields.InDeclarationOrder().SelectMany(inner => ParametersOf(inner, $"{name}.{inner.JsonName}"));

    /// <summary>A query parameter is text, whatever its type; numbers of enum values and booleans are read as in JSON.</summary>
    private static JsonElement ValueOf(FieldDescriptor field, string text) => field.FieldType switch
    {
        FieldType.Bool when text is "true" or "false" => JsonElement.Parse(text),
        FieldType.Enum when int.TryParse(text, out var number) => JsonSerializer.SerializeToElement(number),
        _ => JsonSerializer.SerializeToElement(text),
    };
}
