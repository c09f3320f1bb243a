using System.Text.Json.Nodes;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using GrpcDcr.Server.Endpoints.Http;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Endpoints.Console.Shared;

/// <summary>A page whose query is that of a request of the admin API, so that both have the same filters.</summary>
/// <param name="request">The type of the request message.</param>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class QueryOfAttribute(Type request) : Attribute
{
    public QueryParameters Parameters { get; } = QueryMessage.ParametersOf(((IMessage)Activator.CreateInstance(request)!).Descriptor);
}

/// <summary>Request messages of the admin API from the query of a page.</summary>
internal static class QueryMessage
{
    public static QueryParameters ParametersOf(MessageDescriptor message) => new(message.Fields.InDeclarationOrder());

    /// <summary>Reads a request. Parameters that are empty, as browsers send fields that nobody filled in, count as absent.</summary>
    /// <param name="query">The query.</param>
    /// <param name="violations">Gets those that have a wrong value.</param>
    public static T Read<T>(IQueryCollection query, Violations violations)
        where T : IMessage<T>, new()
    {
        var root = new JsonObject();
        foreach (var (name, value) in ParametersOf(new T().Descriptor).Read(query.Where(IsFilled), violations))
        {
            var parts = name.Split('.');
            var inner = parts[..^1].Aggregate(root, (at, part) => (JsonObject)(at[part] ??= new JsonObject()));
            inner[parts[^1]] = JsonNode.Parse(value.GetRawText());
        }

        return JsonParser.Default.Parse<T>(root.ToJsonString());
    }

    /// <summary>The same page without the parameters that nobody filled in; <see langword="null"/> if there are none.</summary>
    public static string? Shortened(HttpRequest request) => request.Query.All(IsFilled)
        ? null
        : request.Path + QueryString.Create(request.Query.Where(IsFilled));

    /// <summary>The same page with another page token.</summary>
    public static string WithPageToken(HttpRequest request, string token) => request.Path
        + QueryString.Create(request.Query.Where(parameter => parameter.Key != PageToken)).Add(PageToken, token);

    private const string PageToken = "page_token";

    private static bool IsFilled(KeyValuePair<string, Microsoft.Extensions.Primitives.StringValues> parameter) =>
        parameter.Value.Count != 1 || parameter.Value[0]?.Length > 0;
}
