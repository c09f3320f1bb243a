using System.Text.Json.Nodes;
using Google.Api;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using GrpcDcr.Server.Endpoints.Http;
using GrpcDcr.V1;
using Microsoft.OpenApi;

namespace GrpcDcr.Server.Tests.Endpoints.OpenApi;

/// <summary>
/// The schemas of messages in their JSON form, for the admin API. A message becomes a component of the document when it is first used.
/// </summary>
/// <param name="document">Gets the components.</param>
/// <param name="comments">The descriptions.</param>
internal sealed class MessageSchemas(OpenApiDocument document, ProtoComments comments)
{
    private readonly HashSet<string> _begun = new(StringComparer.Ordinal);

    /// <param name="message">The message.</param>
    /// <param name="isRequest">Client metadata is one flat object in requests, and requests may have no other members than these.</param>
    public IOpenApiSchema Of(MessageDescriptor message, bool isRequest)
    {
        if (isRequest && message == ClientMetadata.Descriptor)
        {
            return new FlatSchemas(document, comments).Metadata();
        }

        if (_begun.Add(message.Name))
        {
            document.AddComponent(message.Name, OfFields(message, message.Fields.InDeclarationOrder(), isRequest));
        }

        return new OpenApiSchemaReference(message.Name, document);
    }

    /// <summary>An object that has some fields of a message.</summary>
    public IOpenApiSchema OfFields(MessageDescriptor message, IEnumerable<FieldDescriptor> fields, bool isRequest)
    {
        var listed = fields.ToList();
        return new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = comments.Of(message),
            Properties = listed.ToDictionary(field => field.JsonName, field => OfField(field, isRequest)),
            Required = listed.Where(IsRequired).Select(field => field.JsonName).ToHashSet(),
            AdditionalPropertiesAllowed = !isRequest,
        };
    }

    /// <summary>The value of a field, with the field's comment.</summary>
    public IOpenApiSchema OfField(FieldDescriptor field, bool isRequest)
    {
        var schema = Bare(field, isRequest);
        schema.Description = comments.Of(field);
        return schema;
    }

    /// <summary>The value of a field in the path or in the query. The comment belongs to the parameter.</summary>
    public IOpenApiSchema OfParameter(FieldDescriptor field) => Bare(field, isRequest: true);


    public static bool IsRequired(FieldDescriptor field) =>
        field.GetOptions()?.GetExtension(FieldBehaviorExtensions.FieldBehavior)?.Contains(FieldBehavior.Required) == true;

    private IOpenApiSchema Bare(FieldDescriptor field, bool isRequest) => field switch
    {
        { IsMap: true } => new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            AdditionalProperties = OfValue(field.MessageType.FindFieldByNumber(2), isRequest),
        },
        { IsRepeated: true } => new OpenApiSchema { Type = JsonSchemaType.Array, Items = OfValue(field, isRequest) },
        _ => OfValue(field, isRequest),
    };

    private IOpenApiSchema OfValue(FieldDescriptor field, bool isRequest) => field.FieldType switch
    {
        FieldType.String => new OpenApiSchema { Type = JsonSchemaType.String },
        FieldType.Bool => new OpenApiSchema { Type = JsonSchemaType.Boolean },
        FieldType.Int32 => new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32" },
        FieldType.Int64 => new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64" },
        FieldType.Enum => OfEnum(field.EnumType),
        FieldType.Message when field.MessageType == Timestamp.Descriptor =>
            new OpenApiSchema { Type = JsonSchemaType.String, Format = "date-time" },
        FieldType.Message when field.MessageType == Duration.Descriptor =>
            new OpenApiSchema { Type = JsonSchemaType.String, Pattern = "^-?[0-9]+([.][0-9]{1,9})?s$" },
        FieldType.Message when field.MessageType == FieldMask.Descriptor => new OpenApiSchema { Type = JsonSchemaType.String },
        FieldType.Message => Of(field.MessageType, isRequest),
        _ => throw new NotSupportedException($"{field.FullName} has the type {field.FieldType}, for which there is no schema."),
    };

    /// <summary>The names of the values without their prefix. The unspecified value is never written.</summary>
    private OpenApiSchemaReference OfEnum(EnumDescriptor type)
    {
        if (_begun.Add(type.Name))
        {
            var prefix = AllowedNames.PrefixOf(type);
            var values = type.Values.Where(value => value.Number != 0)
                .Select(value => (Name: value.Name[prefix.Length..], Text: comments.Of(value))).ToList();
            document.AddComponent<IOpenApiSchema>(type.Name, new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                Description = $"{comments.Of(type)}\n\n{string.Join('\n', values.Select(value => $"- `{value.Name}`: {value.Text}"))}",
                Enum = [.. values.Select(value => JsonValue.Create(value.Name))],
            });
        }

        return new OpenApiSchemaReference(type.Name, document);
    }
}
