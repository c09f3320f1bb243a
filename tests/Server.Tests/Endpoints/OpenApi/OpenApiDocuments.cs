using System.Text.RegularExpressions;
using Google.Api;
using Google.Protobuf.Reflection;
using Microsoft.OpenApi;

namespace GrpcDcr.Server.Tests.Endpoints.OpenApi;

/// <summary>The OpenAPI documents of the listeners that speak HTTP, from the descriptors and the comments of the protos.</summary>
internal static partial class OpenApiDocuments
{
    private static readonly ProtoComments Comments = ProtoComments.Read();

    /// <summary>What clients call: RFC 7591 and RFC 7592.</summary>
    public static OpenApiDocument Public()
    {
        var service = V1.ClientRegistrationReflection.Descriptor.Services.Single();
        var document = Empty("OAuth client registration", service);
        document.AddComponent<IOpenApiSecurityScheme>(PublicOperations.InitialAccessToken, Bearer("An initial access token."));
        document.AddComponent<IOpenApiSecurityScheme>(
            PublicOperations.RegistrationAccessToken, Bearer("The registration access token of the client."));
        var operations = new PublicOperations(document, Comments);
        Add(document, service, operations.Of);
        operations.AddDiscovery();
        return document;
    }

    /// <summary>What administrators call.</summary>
    public static OpenApiDocument Admin()
    {
        FileDescriptor[] files =
        [
            GrpcDcr.Admin.V1.ClientAdministrationReflection.Descriptor, GrpcDcr.Admin.V1.InitialAccessTokensReflection.Descriptor,
            GrpcDcr.Admin.V1.RegistrationControlReflection.Descriptor, GrpcDcr.Admin.V1.BlockRulesReflection.Descriptor,
            GrpcDcr.Admin.V1.AuditLogReflection.Descriptor, GrpcDcr.Admin.V1.StorageAdministrationReflection.Descriptor,
        ];
        var services = files.Select(file => file.Services.Single()).ToArray();
        var document = Empty("Administration of OAuth clients", services);
        document.AddComponent<IOpenApiSecurityScheme>(
            AdminOperations.RoleToken, Bearer("The token of a role, or a JWT that has the role."));
        var operations = new AdminOperations(document, Comments);
        foreach (var service in services)
        {
            Add(document, service, operations.Of);
        }

        return document;
    }

    /// <summary>The rule by which a method is reached over HTTP; <see langword="null"/> for those that are gRPC only.</summary>
    public static HttpRule? RuleOf(MethodDescriptor method) => method.GetOptions()?.GetExtension(AnnotationsExtensions.Http);

    /// <summary>The names of the fields in the path.</summary>
    public static IReadOnlyList<string> PathFields(string path) => [.. Variables().Matches(path).Select(match => match.Groups[1].Value)];

    private static void Add(
        OpenApiDocument document, ServiceDescriptor service, Func<MethodDescriptor, HttpRule, string, OpenApiOperation> operationOf)
    {
        document.Tags!.Add(new OpenApiTag { Name = service.Name, Description = Comments.Of(service) });
        foreach (var method in service.Methods)
        {
            if (RuleOf(method) is not { } rule)
            {
                continue;
            }

            var (verb, path) = rule.PatternCase switch
            {
                HttpRule.PatternOneofCase.Get => (HttpMethod.Get, rule.Get),
                HttpRule.PatternOneofCase.Post => (HttpMethod.Post, rule.Post),
                HttpRule.PatternOneofCase.Put => (HttpMethod.Put, rule.Put),
                HttpRule.PatternOneofCase.Patch => (HttpMethod.Patch, rule.Patch),
                HttpRule.PatternOneofCase.Delete => (HttpMethod.Delete, rule.Delete),
                _ => throw new NotSupportedException($"{method.FullName} has the pattern {rule.PatternCase}."),
            };
            var operation = operationOf(method, rule, path);
            operation.OperationId = method.Name;
            operation.Description = Comments.Of(method);
            operation.Summary = FirstSentence().Match(operation.Description).Value;
            operation.Tags = new HashSet<OpenApiTagReference> { new(service.Name, document) };
            if (!document.Paths.TryGetValue(path, out var item))
            {
                document.Paths.Add(path, item = new OpenApiPathItem { Operations = [] });
            }

            item.Operations!.Add(verb, operation);
        }
    }

    private static OpenApiDocument Empty(string title, params ServiceDescriptor[] services) => new()
    {
        Info = new OpenApiInfo
        {
            Title = title,
            Version = "v1",
            Description = $"The JSON form of {string.Join(", ", services.Select(service => $"`{service.FullName}`"))}.",
            License = new OpenApiLicense { Name = "Apache 2.0", Identifier = "Apache-2.0" },
        },
        Servers = [new OpenApiServer { Url = "/" }],
        Paths = [],
        Tags = new HashSet<OpenApiTag>(),
    };

    private static OpenApiSecurityScheme Bearer(string description) =>
        new() { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = description };

    [GeneratedRegex(@"^.+?(?=[.:](\s|$))")]
    private static partial Regex FirstSentence();

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Variables();
}
