using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Json.Schema;

namespace GrpcDcr.TestKit.Service;

/// <summary>
/// What an OpenAPI document says of answers, read strictly: an answer may have only the members that the document describes, although
/// clients must ignore others.
/// </summary>
public sealed partial class OpenApiDescription
{
    private const string Components = "#/components/schemas/";

    private readonly ConcurrentDictionary<(string Path, string Method, string Status), JsonSchema> _schemas = new();
    private readonly List<(string Path, Regex Pattern, JsonObject Operations)> _paths;
    private readonly JsonObject _document;

    /// <param name="document">The OpenAPI document.</param>
    public OpenApiDescription(string document)
    {
        _document = JsonNode.Parse(document)!.AsObject();
        CloseObjects(_document["components"]!["schemas"]!);
        _paths =
        [
            .. _document["paths"]!.AsObject().Select(path => (path.Key, PatternOf(path.Key), path.Value!.AsObject())),
        ];
    }

    /// <summary>The paths with their methods, such as <c>GET /oauth/register/{client_id}</c>.</summary>
    public IEnumerable<string> Operations => _paths.SelectMany(
        path => path.Operations.Select(operation => $"{operation.Key.ToUpperInvariant()} {path.Path}"));

    /// <summary>Fails if the document describes the call, and not this answer to it.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="path">The path of the request.</param>
    /// <param name="status">The status of the answer.</param>
    /// <param name="body">Its body, if that is JSON; empty for an answer without a body.</param>
    /// <param name="own">Members of metadata that the deployment adds.</param>
    public void Covers(string method, string path, HttpStatusCode status, string body, IReadOnlyCollection<string> own)
    {
        var (template, _, operations) = _paths.FirstOrDefault(known => known.Pattern.IsMatch(path));
        if (operations?[method.ToLowerInvariant()]?["responses"] is not { } responses)
        {
            return;
        }

        var call = $"{method} {template}: {(int)status}";
        var response = Resolved(responses[$"{(int)status}"]);
        Assert.True(response is not null, $"{call} is not in the OpenAPI document. {body}");
        var schema = response["content"]?["application/json"]?["schema"];
        if (schema is null)
        {
            Assert.True(body.Length == 0, $"{call} has a body that the OpenAPI document does not describe: {body}");
            return;
        }

        var answer = JsonNode.Parse(body);
        foreach (var name in own)
        {
            (answer as JsonObject)?.Remove(name);
        }

        var result = _schemas.GetOrAdd((template!, method, $"{(int)status}"), _ => SchemaOf(schema))
            .Evaluate(JsonSerializer.SerializeToElement(answer), new EvaluationOptions { OutputFormat = OutputFormat.List });
        Assert.True(result.IsValid, $"{call} is not as the OpenAPI document describes it: {Errors(result)}\n{body}");
    }

    private JsonNode? Resolved(JsonNode? response) => response?["$ref"]?.GetValue<string>() is { } reference
        ? _document["components"]!["responses"]![reference[(reference.LastIndexOf('/') + 1)..]]
        : response;

    private JsonSchema SchemaOf(JsonNode schema)
    {
        var whole = new JsonObject
        {
            ["$defs"] = _document["components"]!["schemas"]!.DeepClone(),
            ["allOf"] = new JsonArray(Closed(schema.DeepClone())),
        };
        return JsonSchema.FromText(whole.ToJsonString().Replace(Components, "#/$defs/", StringComparison.Ordinal));
    }

    private static JsonNode Closed(JsonNode schema)
    {
        CloseObjects(schema);
        return schema;
    }

    private static void CloseObjects(JsonNode? node)
    {
        if (node is JsonObject schema)
        {
            foreach (var (_, value) in schema)
            {
                CloseObjects(value);
            }

            if (schema["properties"] is JsonObject && schema["type"] is JsonValue && !schema.ContainsKey("additionalProperties"))
            {
                schema["additionalProperties"] = false;
            }
        }
        else if (node is JsonArray items)
        {
            foreach (var item in items)
            {
                CloseObjects(item);
            }
        }
    }

    private static string Errors(EvaluationResults result) => string.Join(
        "; ",
        result.Details!.Where(detail => detail.Errors is not null)
            .SelectMany(detail => detail.Errors!.Select(error => $"{detail.InstanceLocation}: {error.Value}")));

    private static Regex PatternOf(string path) =>
        new($"^{Variable().Replace(Regex.Escape(path).Replace("\\{", "{", StringComparison.Ordinal), "[^/:]+")}$");

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Variable();
}
