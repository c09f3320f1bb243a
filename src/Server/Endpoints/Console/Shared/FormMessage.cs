using System.Buffers;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using GrpcDcr.Server.Endpoints.Http;
using GrpcDcr.Server.Syntax;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace GrpcDcr.Server.Endpoints.Console.Shared;

/// <summary>
/// A request of the admin API from the fields of a form or a query, which have the names that the fields of the message have in JSON:
/// <c>constraints.owner</c>. They are read as strictly as there. An empty field is absent; a list has its words apart.
/// </summary>
internal static partial class FormMessage
{
    private static readonly AllowedValues NoNames = new([], StringComparer.Ordinal);

    /// <param name="page">Has the fields, and perhaps others that the message does not have.</param>
    /// <param name="source">The query or the form.</param>
    /// <param name="violations">Gets the fields with a wrong value, which are left out of the message.</param>
    public static T Read<T>(ConsolePage page, BindingSource source, Violations violations)
        where T : IMessage<T>, new()
    {
        var (fields, json) = (new T().Descriptor.Fields.InDeclarationOrder(), new JsonObject());
        foreach (var (name, text) in FieldsOf(page, source).Where(field => !string.IsNullOrEmpty(field.Text)))
        {
            Add(json, fields, name.Split('.'), text!);
        }

        var found = new Violations();
        var read = Read(json, fields, found);
        foreach (var violation in found.Found)
        {
            violations.Add(violation);
            Remove(json, violation.Member.Split('.'));
        }

        return JsonParser.Default.Parse<T>(found.Found.Count == 0 ? read : Read(json, fields, new Violations()));
    }

    /// <summary>The names of the fields that a page has, and what they have now.</summary>
    private static IEnumerable<(string Name, string? Text)> FieldsOf(ConsolePage page, BindingSource source) =>
        source == BindingSource.Query && page.GetType().GetCustomAttribute<QueryOfAttribute>() is { } query
            ? query.Parameters.Select(parameter => (parameter.Key, (string?)page.Request.Query[parameter.Key]))
            : from property in page.GetType().GetProperties()
              where property.PropertyType == typeof(string)
              let bound = property.GetCustomAttributes().OfType<IBindingSourceMetadata>()
                  .FirstOrDefault(found => found.BindingSource == source)
              where bound is IModelNameProvider { Name: not null }
              select (((IModelNameProvider)bound).Name, (string?)property.GetValue(page));

    /// <returns>The JSON that the parser of messages reads; what is wrong with it is among the violations.</returns>
    private static string Read(JsonObject json, IList<FieldDescriptor> fields, Violations violations)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(output))
        {
            new ProtoJsonReader(NoNames, violations, new Violations(), writer)
                .ReadObject(JsonSerializer.SerializeToElement(json), fields, path: "");
        }

        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static void Remove(JsonObject json, ReadOnlySpan<string> path)
    {
        if (path.Length == 1)
        {
            json.Remove(path[0]);
        }
        else if (json[path[0]] is JsonObject inner)
        {
            Remove(inner, path[1..]);
        }
    }

    private static void Add(JsonObject json, IList<FieldDescriptor> fields, ReadOnlySpan<string> path, string text)
    {
        var name = path[0];
        if (fields.FirstOrDefault(field => field.JsonName == name) is not { } field)
        {
            // Of the page alone.
            return;
        }

        if (path.Length == 1)
        {
            json[name] = ValueOf(field, text);
            return;
        }

        if (json[name] is not JsonObject inner)
        {
            json[name] = inner = [];
        }

        Add(inner, field.MessageType.Fields.InDeclarationOrder(), path[1..], text);
    }

    private static JsonNode ValueOf(FieldDescriptor field, string text) => field switch
    {
        { IsRepeated: true } => new JsonArray([.. WordList.Words(text).Select(word => (JsonNode)word)]),
        { FieldType: FieldType.Bool } when text is "true" or "false" => text == "true",
        { FieldType: FieldType.Message } when field.MessageType == Timestamp.Descriptor && OfPicker().IsMatch(text) =>
            text + (text.Count(':') == 1 ? ":00Z" : "Z"),
        { FieldType: FieldType.Message }
            when field.MessageType == Duration.Descriptor && WithUnit().Match(text) is { Success: true } match =>
            string.Create(
                CultureInfo.InvariantCulture, $"{long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) * SecondsOf(match)}s"),
        _ => text,
    };

    private static int SecondsOf(Match duration) => duration.Groups[2].Value switch
    {
        "d" => 86_400,
        "h" => 3_600,
        _ => 60,
    };

    /// <summary>What a browser makes of a date and a time that are picked: it has no offset, and means UTC here.</summary>
    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?\z")]
    private static partial Regex OfPicker();

    /// <summary>People say days, hours and minutes.</summary>
    [GeneratedRegex(@"^(\d{1,9}) ?([dhm])\z")]
    private static partial Regex WithUnit();
}
