using System.Text.RegularExpressions;
using Google.Protobuf.Reflection;
using GrpcDcr.Server.Model;
using Microsoft.OpenApi;

namespace GrpcDcr.Server.Tests.Endpoints.OpenApi;

/// <summary>The schemas of the flat OAuth documents (RFC 7591 sections 2 and 3.2.1), from the table of metadata members.</summary>
/// <param name="document">Gets the components.</param>
/// <param name="comments">The descriptions.</param>
internal sealed partial class FlatSchemas(OpenApiDocument document, ProtoComments comments)
{
    private const string MetadataName = "OAuthClientMetadata";
    private const string InformationName = "OAuthClientInformation";
    private const string UpdateName = "OAuthClientUpdate";

    /// <summary>What a client sends to register: RFC 7591 section 3.1.</summary>
    public IOpenApiSchema Metadata()
    {
        var schema = Sent();
        schema.Description = comments.Of(V1.ClientMetadata.Descriptor);
        return Component(MetadataName, schema);
    }

    /// <summary>What a client sends to replace its registration: RFC 7592 section 2.2.</summary>
    public IOpenApiSchema Update()
    {
        var schema = Sent();
        schema.Description = comments.Of(V1.ClientUpdate.Descriptor);
        AddFields(schema, V1.ClientUpdate.Descriptor);
        schema.Required = new HashSet<string> { "client_id" };
        return Component(UpdateName, schema);
    }

    /// <summary>What a client gets: RFC 7591 section 3.2.1, RFC 7592 section 3.</summary>
    public IOpenApiSchema Information()
    {
        var schema = Registered();
        schema.Description = comments.Of(V1.ClientInformation.Descriptor);
        AddFields(schema, V1.ClientInformation.Descriptor);
        schema.Required = new HashSet<string>
        {
            "client_id", "client_id_issued_at", "registration_access_token", "registration_client_uri", "client_status",
        };
        return Component(InformationName, schema);
    }

    private OpenApiSchema Registered() => new()
    {
        Type = JsonSchemaType.Object,
        Properties = MetadataMembers.All.ToDictionary(member => member.Name, IOpenApiSchema (member) => OfMember(member)),
        PatternProperties = MetadataMembers.Localizable.ToDictionary(
            member => $"^{member}#.+$", IOpenApiSchema (member) => new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                Description = $"RFC 7591 section 2.2. `{member}` in the language of the tag (BCP 47).",
            }),
    };

    /// <summary>What clients send has choices as well, and JSON null counts as absent.</summary>
    private OpenApiSchema Sent()
    {
        var schema = Registered();
        foreach (var member in MetadataMembers.WithChoices)
        {
            schema.Properties!.Add(member.Choices!, new OpenApiSchema
            {
                Type = JsonSchemaType.Array,
                Items = new OpenApiSchema { Type = JsonSchemaType.String },
                Description = $"OpenID Connect RP Metadata Choices 1.0 section 2. The values of `{member}` that the client supports.",
            });
        }

        foreach (var member in schema.Properties!.Values.Concat(schema.PatternProperties!.Values).Cast<OpenApiSchema>())
        {
            member.Type |= JsonSchemaType.Null;
        }

        return schema;
    }

    private OpenApiSchema OfMember(MetadataMember member)
    {
        var schema = member.Kind switch
        {
            MemberKind.Text => new OpenApiSchema { Type = JsonSchemaType.String },
            MemberKind.Texts => new OpenApiSchema
            {
                Type = JsonSchemaType.Array,
                Items = new OpenApiSchema { Type = JsonSchemaType.String },
            },
            MemberKind.Flag => new OpenApiSchema { Type = JsonSchemaType.Boolean },
            MemberKind.Number => new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64" },
            MemberKind.Json => new OpenApiSchema { Type = JsonSchemaType.Object },
            _ => throw new NotSupportedException($"{member} has the kind {member.Kind}, for which there is no schema."),
        };
        schema.Description = OfDocument(comments.Of(V1.ClientMetadata.Descriptor.FindFieldByNumber(member.Number)));
        return schema;
    }

    /// <summary>The fields that are not metadata. Numbers are JSON numbers, and values are JSON values.</summary>
    private void AddFields(OpenApiSchema schema, MessageDescriptor message)
    {
        foreach (var field in message.Fields.InDeclarationOrder().Where(field => field.Name != "metadata"))
        {
            var added = OfField(field);
            added.Description = OfDocument(comments.Of(field));
            schema.Properties!.Add(field.JsonName, added);
        }
    }

    private OpenApiSchema OfField(FieldDescriptor field) => field switch
    {
        { IsRepeated: true, FieldType: FieldType.Message } => new OpenApiSchema
        {
            Type = JsonSchemaType.Array,
            Items = OfMessage(field.MessageType),
        },
        { FieldType: FieldType.Message } => OfMessage(field.MessageType),
        { Name: "effective" or "requested" or "before" or "after" } => new OpenApiSchema(),
        { FieldType: FieldType.Int64 } => new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64" },
        { FieldType: FieldType.String } => new OpenApiSchema { Type = JsonSchemaType.String },
        { FieldType: FieldType.Bool } => new OpenApiSchema { Type = JsonSchemaType.Boolean },
        _ => throw new NotSupportedException($"{field.FullName} has the type {field.FieldType}, for which there is no schema."),
    };

    private OpenApiSchema OfMessage(MessageDescriptor message)
    {
        var schema = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Properties = new Dictionary<string, IOpenApiSchema>(),
            Description = comments.Of(message),
        };
        AddFields(schema, message);
        return schema;
    }

    private OpenApiSchemaReference Component(string name, OpenApiSchema schema)
    {
        document.AddComponent<IOpenApiSchema>(name, schema);
        return new OpenApiSchemaReference(name, document);
    }

    /// <summary>Over HTTP a value is JSON and not text that holds JSON.</summary>
    private static string OfDocument(string comment) => AsText().Replace(comment, "");

    [GeneratedRegex(",? as JSON text")]
    private static partial Regex AsText();
}
