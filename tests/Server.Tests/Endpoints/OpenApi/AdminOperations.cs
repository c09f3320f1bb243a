using Google.Api;
using Google.Protobuf.Reflection;
using GrpcDcr.Server.Endpoints.Http;
using GrpcDcr.Server.Endpoints.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Infrastructure;
using Microsoft.OpenApi;

namespace GrpcDcr.Server.Tests.Endpoints.OpenApi;

/// <summary>The operations of the admin listener, with errors as google.rpc.Status.</summary>
internal sealed class AdminOperations
{
    public const string RoleToken = "roleToken";

    private readonly OpenApiDocument _document;
    private readonly ProtoComments _comments;
    private readonly IOpenApiSchema _error;
    private readonly MessageSchemas _schemas;
    private readonly AuthorizationOptions _policies = new();

    public AdminOperations(OpenApiDocument document, ProtoComments comments)
    {
        (_document, _comments) = (document, comments);
        _schemas = new MessageSchemas(document, comments);
        Policies.Configure(_policies);
        document.AddComponent<IOpenApiSchema>("Status", StatusSchema.Create());
        _error = new OpenApiSchemaReference("Status", document);
    }

    public OpenApiOperation Of(MethodDescriptor method, HttpRule rule, string path)
    {
        var inPath = OpenApiDocuments.PathFields(path);
        var others = method.InputType.Fields.InDeclarationOrder().Where(field => !inPath.Contains(field.Name)).ToList();
        var hasBody = rule.Body.Length > 0;
        return new OpenApiOperation
        {
            Parameters =
            [
                .. inPath.Select(name => Parameter(method.InputType.FindFieldByName(name), name, ParameterLocation.Path)),
                .. hasBody ? [] : others.SelectMany(field => QueryOf(field, field.JsonName)),
            ],
            RequestBody = hasBody
                ? new OpenApiRequestBody
                {
                    Required = true,
                    Content = Responses.JsonOf(_schemas.OfFields(method.InputType, others, isRequest: true)),
                }
                : null,
            Responses = new OpenApiResponses { ["200"] = SuccessOf(method, rule) }
                .WithRefusals(_document, _error, hasBody, inPath.Count == 0 ? [404, 412] : [412]),
            Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(RoleToken, _document)] = RolesOf(method) }],
        };
    }

    private OpenApiResponse SuccessOf(MethodDescriptor method, HttpRule rule)
    {
        var answer = rule.ResponseBody.Length == 0
            ? _schemas.OfFields(method.OutputType, method.OutputType.Fields.InDeclarationOrder(), isRequest: false)
            : _schemas.OfField(method.OutputType.FindFieldByName(rule.ResponseBody), isRequest: false);
        return Responses.Success(
            _comments.Of(method.OutputType),
            method.IsServerStreaming ? new OpenApiSchema { Type = JsonSchemaType.Array, Items = answer } : answer);
    }

    /// <summary>The query parameters of a field: those of a message have its name and a dot before theirs.</summary>
    private IEnumerable<IOpenApiParameter> QueryOf(FieldDescriptor field, string name) => ProtoJsonValue.IsSingle(field)
        ? [Parameter(field, name, ParameterLocation.Query)]
        : field.MessageType.Fields.InDeclarationOrder().SelectMany(inner => QueryOf(inner, $"{name}.{inner.JsonName}"));

    private OpenApiParameter Parameter(FieldDescriptor field, string name, ParameterLocation location) => new()
    {
        Name = name,
        In = location,
        Required = location == ParameterLocation.Path || MessageSchemas.IsRequired(field),
        Description = _comments.Of(field),
        Schema = _schemas.OfParameter(field),
    };

    /// <summary>OpenAPI 3.1 allows the names of roles here.</summary>
    private List<string> RolesOf(MethodDescriptor method)
    {
        var policy = Policies.Of($"{method.Service.FullName}/{method.Name}")!;
        return
        [
            .. _policies.GetPolicy(policy)!.Requirements.OfType<RolesAuthorizationRequirement>()
                .SelectMany(requirement => requirement.AllowedRoles).Order(StringComparer.Ordinal),
        ];
    }
}
