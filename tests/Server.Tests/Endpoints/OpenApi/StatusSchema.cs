using Microsoft.OpenApi;

namespace GrpcDcr.Server.Tests.Endpoints.OpenApi;

/// <summary>The JSON form of google.rpc.Status with the details that a refusal may carry (google/rpc/error_details.proto).</summary>
internal static class StatusSchema
{
    public static IOpenApiSchema Create() => Object(
        "The JSON form of google.rpc.Status.",
        required: ["code", "message"],
        ("code", new OpenApiSchema { Type = JsonSchemaType.Integer, Description = "The status code of gRPC." }),
        ("message", Text("What is wrong, and what is allowed.")),
        ("details", Array("What programs need.", Detail())));

    private static OpenApiSchema Detail() => Object(
        "google.rpc.ErrorInfo, google.rpc.BadRequest or google.rpc.RetryInfo.",
        required: ["@type"],
        ("@type", Text("Which of them, such as `type.googleapis.com/google.rpc.ErrorInfo`.")),
        ("reason", Text("ErrorInfo: a value of grpcdcr.v1.ErrorReason, such as `ETAG_MISMATCH`.")),
        ("domain", Text("ErrorInfo: `grpcdcr`.")),
        ("metadata", new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = "ErrorInfo: more about the reason.",
            AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.String },
        }),
        ("field_violations", Array(
            "BadRequest: every violation.",
            Object(
                "A violation.",
                required: ["field", "description"],
                ("field", Text("The path of the member.")),
                ("description", Text("What is wrong, and what is allowed."))))),
        ("retry_delay", Text("RetryInfo: when to try again, in seconds, such as `30s`.")));

    private static OpenApiSchema Object(
        string description, string[] required, params (string Name, IOpenApiSchema Value)[] members) => new()
        {
            Type = JsonSchemaType.Object,
            Description = description,
            Required = required.ToHashSet(),
            Properties = members.ToDictionary(member => member.Name, member => member.Value),
        };

    private static OpenApiSchema Text(string description) => new() { Type = JsonSchemaType.String, Description = description };

    private static OpenApiSchema Array(string description, IOpenApiSchema items) =>
        new() { Type = JsonSchemaType.Array, Description = description, Items = items };
}
