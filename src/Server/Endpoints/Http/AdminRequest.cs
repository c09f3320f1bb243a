using System.Text.Json;
using System.Text.RegularExpressions;
using Google.Protobuf.Reflection;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Syntax;
using Microsoft.AspNetCore.Grpc.JsonTranscoding;

namespace GrpcDcr.Server.Endpoints.Http;

/// <summary>
/// A request of the admin API as its message describes it. Transcoding would ignore members and query parameters that it does not know, so
/// that a misspelt limit would be no limit: here they are refused by name, all of them at once.
/// </summary>
internal sealed partial class AdminRequest
{
    private readonly List<FieldDescriptor> _body = [];
    private readonly QueryParameters _query;

    /// <param name="method">The RPC and its HTTP rule. Its body is the whole message, or there is none.</param>
    public AdminRequest(GrpcJsonTranscodingMetadata method)
    {
        var rule = method.HttpRule;
        var path = rule.Get + rule.Post + rule.Put + rule.Patch + rule.Delete;
        var bound = PathFields().Matches(path).Select(match => match.Groups[1].Value).ToHashSet(StringComparer.Ordinal);
        var others = method.MethodDescriptor.InputType.Fields.InDeclarationOrder().Where(field => !bound.Contains(field.Name));
        HasBody = rule.Body.Length > 0;
        if (HasBody)
        {
            _body.AddRange(others);
        }

        _query = new QueryParameters(HasBody ? [] : others);
    }

    public bool HasBody { get; }

    /// <param name="sent">The body.</param>
    /// <param name="named">The additional members of client metadata that the deployment names.</param>
    /// <param name="unreadable">Gets the members of client metadata that have a wrong type; they are left out.</param>
    /// <returns>The body that transcoding reads.</returns>
    /// <exception cref="RegistrationRefusedException">Names every violation.</exception>
    public byte[] ReadBody(ReadOnlySpan<byte> sent, AllowedValues named, Violations unreadable)
    {
        if (StrictJson.Read(sent, out var fault, allowDuplicates: true) is not { ValueKind: JsonValueKind.Object } body)
        {
            throw new RegistrationRefusedException(
                new RegistrationFault.MalformedRequest($"The body {fault ?? "is not a JSON object"}."));
        }

        var (violations, output) = (new Violations(), new MemoryStream());
        using (var writer = new Utf8JsonWriter(output))
        {
            new ProtoJsonReader(named, violations, unreadable, writer).ReadObject(body, _body, path: "");
        }

        Require(violations);
        return output.ToArray();
    }

    /// <param name="query">The query parameters.</param>
    /// <returns>The query that transcoding reads.</returns>
    /// <exception cref="RegistrationRefusedException">Names every violation.</exception>
    public QueryString ReadQuery(IQueryCollection query)
    {
        var violations = new Violations();
        var sent = _query.Read(query, violations);
        Require(violations);
        return sent.Aggregate(new QueryString(), (read, parameter) => read.Add(parameter.Key, parameter.Value.ToString()));
    }

    private static void Require(Violations violations)
    {
        if (violations.Found.Count > 0)
        {
            throw new RegistrationRefusedException(new RegistrationFault.InvalidArgument(violations.Found));
        }
    }

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex PathFields();
}
