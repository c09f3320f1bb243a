using System.Text.Json;
using Google.Protobuf.Reflection;
using GrpcDcr.Server.Endpoints.Http;
using GrpcDcr.TestKit.Samples;
using GrpcDcr.V1;

namespace GrpcDcr.Server.Tests.Endpoints.Http;

/// <summary>Values of the fields of admin requests, in JSON.</summary>
public sealed class ProtoJsonValueTests
{
    /// <summary>Every field that a request of the admin API may have, at any depth, by its full name.</summary>
    public static TheoryData<string> Fields => [.. FieldsOf().Select(each => each.FullName)];

    [Theory]
    [MemberData(nameof(Fields))]
    public void Every_field_of_a_request_has_a_type_that_is_read(string name)
    {
        var field = FieldsOf().First(found => found.FullName == name);
        Assert.True(
            !field.IsMap || field.MessageType.Fields.InDeclarationOrder().All(entry => entry.FieldType == FieldType.String),
            $"{name}: maps of anything but text are not read.");
        if (ProtoJsonValue.IsSingle(field))
        {
            var (json, allowed) = ProtoJsonValue.Read(field, JsonElement.Parse("[]"));
            Assert.Null(json);
            Assert.NotEmpty(allowed!);
        }
    }

    private static IEnumerable<FieldDescriptor> FieldsOf() =>
        AdminApi.Methods.SelectMany(method => FieldsOf(method.InputType)).DistinctBy(field => field.FullName);

    private static IEnumerable<FieldDescriptor> FieldsOf(MessageDescriptor message) => message.Fields.InDeclarationOrder().SelectMany(
        field => ProtoJsonValue.IsSingle(field) || field.MessageType == ClientMetadata.Descriptor
            ? [field]
            : FieldsOf(field.MessageType).Prepend(field));
}
