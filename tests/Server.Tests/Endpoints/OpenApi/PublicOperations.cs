using System.Reflection;
using Google.Api;
using Google.Protobuf.Reflection;
using GrpcDcr.Server.Endpoints.Grpc;
using GrpcDcr.Server.Endpoints.Http;
using Microsoft.OpenApi;

namespace GrpcDcr.Server.Tests.Endpoints.OpenApi;

/// <summary>The operations of the public listener, with errors as in RFC 7591 section 3.2.2.</summary>
internal sealed class PublicOperations
{
    public const string InitialAccessToken = "initialAccessToken";
    public const string RegistrationAccessToken = "registrationAccessToken";

    private readonly OpenApiDocument _document;
    private readonly ProtoComments _comments;
    private readonly IOpenApiSchema _error;
    private readonly IOpenApiSchema _information;
    private readonly IOpenApiSchema _metadata;
    private readonly IOpenApiSchema _update;

    public PublicOperations(OpenApiDocument document, ProtoComments comments)
    {
        (_document, _comments) = (document, comments);
        var flat = new FlatSchemas(document, comments);
        (_information, _metadata, _update) = (flat.Information(), flat.Metadata(), flat.Update());
        document.AddComponent<IOpenApiSchema>("OAuthError", new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = "RFC 7591 section 3.2.2.",
            Required = new HashSet<string> { "error", "error_description" },
            Properties = new Dictionary<string, IOpenApiSchema>
            {
                ["error"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "What kind of error, as one word." },
                ["error_description"] = new OpenApiSchema
                {
                    Type = JsonSchemaType.String,
                    Description = "Every violation: which member, what is wrong, what is allowed.",
                },
            },
        });
        _error = new OpenApiSchemaReference("OAuthError", document);
    }

    public OpenApiOperation Of(MethodDescriptor method, HttpRule rule, string path)
    {
        var registers = method.InputType == V1.RegisterClientRequest.Descriptor;
        var hasBody = rule.Body.Length > 0;
        var operation = new OpenApiOperation
        {
            Parameters = [.. OpenApiDocuments.PathFields(path).Select(name => PathParameter(method.InputType.FindFieldByName(name)))],
            RequestBody = hasBody
                ? new OpenApiRequestBody { Required = true, Content = Responses.JsonOf(registers ? _metadata : _update) }
                : null,
            Responses = SuccessOf(method).WithRefusals(_document, _error, hasBody, registers ? [404, 405, 409, 412] : [404, 409]),
            Security = registers ? [new(), Requires(InitialAccessToken)] : [Requires(RegistrationAccessToken)],
        };
        if (!registers)
        {
            AddPreconditions(operation, rule);
        }

        return operation;
    }

    /// <summary>RFC 8414 section 3.</summary>
    public void AddDiscovery() => _document.Paths.Add("/.well-known/oauth-authorization-server", new OpenApiPathItem
    {
        Operations = new Dictionary<HttpMethod, OpenApiOperation>
        {
            [HttpMethod.Get] = new()
            {
                OperationId = "ReadMetadata",
                Summary = "Reads the metadata of the authorization server",
                Description = "The metadata of the authorization server (RFC 8414 section 3). An issuer with a path has the document below "
                    + "`/.well-known/oauth-authorization-server`, followed by that path.",
                Responses = new OpenApiResponses
                {
                    ["200"] = Responses.Success("The metadata.", new OpenApiSchema
                    {
                        Type = JsonSchemaType.Object,
                        Required = new HashSet<string> { "issuer" },
                        AdditionalProperties = new OpenApiSchema { Description = "Any other member of RFC 8414 and its extensions." },
                        Properties = new[] { "issuer", "authorization_endpoint", "token_endpoint", "registration_endpoint" }.ToDictionary(
                            name => name,
                            IOpenApiSchema (name) => new OpenApiSchema { Type = JsonSchemaType.String, Format = "uri" }),
                    }),
                }.WithRefusals(_document, _error, hasBody: false, 401, 403, 409, 412, 429),
                Security = [],
            },
        },
    });

    private OpenApiResponses SuccessOf(MethodDescriptor method)
    {
        var implementation = typeof(ClientRegistrationService).GetMethod(method.Name)!;
        var status = implementation.GetCustomAttribute<SucceedsWithAttribute>()!.Status;
        var responses = new OpenApiResponses
        {
            [$"{status}"] = Responses.Success(
                _comments.Of(method.OutputType), method.OutputType.Fields.InDeclarationOrder().Count > 0 ? _information : null),
        };
        if (method.InputType == V1.ReadClientRequest.Descriptor)
        {
            responses.Add("304", Responses.Success("The version in `If-None-Match` is the current one.", null));
        }

        return responses;
    }

    private static void AddPreconditions(OpenApiOperation operation, HttpRule rule)
    {
        var names = rule.PatternCase == HttpRule.PatternOneofCase.Get ? ["If-None-Match"] : new[] { "If-Match", "If-None-Match" };
        foreach (var name in names)
        {
            operation.Parameters!.Add(new OpenApiParameter
            {
                Name = name,
                In = ParameterLocation.Header,
                Description = "RFC 9110 section 13.1: a list of versions from `ETag`, or `*`.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            });
        }
    }

    private IOpenApiParameter PathParameter(FieldDescriptor field) => new OpenApiParameter
    {
        Name = field.JsonName,
        In = ParameterLocation.Path,
        Required = true,
        Description = _comments.Of(field),
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    };

    private OpenApiSecurityRequirement Requires(string scheme) =>
        new() { [new OpenApiSecuritySchemeReference(scheme, _document)] = [] };
}
