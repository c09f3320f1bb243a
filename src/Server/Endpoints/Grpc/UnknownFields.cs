using Google.Protobuf;
using Google.Protobuf.Reflection;
using GrpcDcr.Server.Endpoints.Http;
using GrpcDcr.Server.Syntax;
using GrpcDcr.V1;

namespace GrpcDcr.Server.Endpoints.Grpc;

/// <summary>
/// Finds the fields and enum values of a message that this version does not have. protobuf keeps them and says nothing: a limit that a
/// newer caller sets would be no limit.
/// </summary>
/// <param name="violations">Gets a violation for each of them, with its path. A field that is not known has its number for a name.</param>
internal sealed class UnknownFields(Violations violations)
{
    public void FindIn(IMessage message) => FindIn(message.ToByteArray(), message.Descriptor, path: "");

    private void FindIn(byte[] octets, MessageDescriptor type, string path)
    {
        var input = new CodedInputStream(octets);
        for (var tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
        {
            var number = WireFormat.GetTagFieldNumber(tag);
            if (type.FindFieldByNumber(number) is not { } field)
            {
                violations.Add($"{path}{number}", $"The field number {number} of {type.FullName} is unknown.");
                input.SkipLastField();
            }
            else if (field.FieldType == FieldType.Enum)
            {
                FindIn(field, Values(input, tag), path + field.JsonName);
            }
            else if (field.FieldType == FieldType.Message && field.MessageType != ClientMetadata.Descriptor)
            {
                FindIn(input.ReadBytes().ToByteArray(), field.MessageType, $"{path}{field.JsonName}.");
            }
            else
            {
                // Unknown members of client metadata are ignored (RFC 7591 section 2), and other values have no names.
                input.SkipLastField();
            }
        }
    }

    private void FindIn(FieldDescriptor field, IEnumerable<int> values, string path)
    {
        foreach (var value in values.Where(value => field.EnumType.FindValueByNumber(value) is null))
        {
            violations.Add(path, $"{path} has the unknown value {value}; it must be {AllowedNames.Of(field.EnumType)}.");
        }
    }

    /// <summary>One value, or those of a packed list.</summary>
    private static List<int> Values(CodedInputStream input, uint tag)
    {
        if (WireFormat.GetTagWireType(tag) == WireFormat.WireType.Varint)
        {
            return [input.ReadEnum()];
        }

        var (packed, values) = (input.ReadBytes().CreateCodedInput(), new List<int>());
        while (!packed.IsAtEnd)
        {
            values.Add(packed.ReadEnum());
        }

        return values;
    }
}
