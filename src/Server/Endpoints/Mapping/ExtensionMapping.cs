using System.Text.Json;
using Google.Protobuf.Collections;
using Google.Protobuf.Reflection;
using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Endpoints.Mapping;

/// <summary>
/// The members of other specifications between their fields of <c>ClientMetadata</c> and the model. One loop for all of them: a field is
/// found by the name of its member.
/// </summary>
internal static class ExtensionMapping
{
    private static readonly (string Name, MemberKind Kind, FieldDescriptor Field)[] Fields =
    [
        .. V1.ClientMetadata.Descriptor.Fields.InDeclarationOrder()
            .Where(field => ExtensionMembers.Kinds.ContainsKey(field.JsonName))
            .Select(field => (field.JsonName, ExtensionMembers.Kinds[field.JsonName], field)),
    ];

    private static readonly Dictionary<string, FieldDescriptor> ByName =
        Fields.ToDictionary(field => field.Name, field => field.Field, StringComparer.Ordinal);

    public static IReadOnlyDictionary<string, JsonElement> ToModel(V1.ClientMetadata wire)
    {
        Dictionary<string, JsonElement>? members = null;
        foreach (var (name, kind, field) in Fields)
        {
            if (ValueOf(wire, kind, field) is { } value)
            {
                (members ??= new(StringComparer.Ordinal))[name] = value;
            }
        }

        foreach (var (name, value) in wire.Extensions.Where(member => !ByName.ContainsKey(member.Key)))
        {
            (members ??= new(StringComparer.Ordinal))[name] = JsonTextMapping.ValueOf(value);
        }

        return members ?? ClientMetadata.Empty.Extensions;
    }

    public static void ToMessage(IReadOnlyDictionary<string, JsonElement> members, V1.ClientMetadata wire)
    {
        foreach (var (name, value) in members)
        {
            if (!ByName.TryGetValue(name, out var field))
            {
                wire.Extensions[name] = value.GetRawText();
            }
            else if (ExtensionMembers.Kinds[name] == MemberKind.Texts)
            {
                ((RepeatedField<string>)field.Accessor.GetValue(wire)).AddRange(value.EnumerateArray().Select(item => item.GetString()!));
            }
            else
            {
                field.Accessor.SetValue(wire, ExtensionMembers.Kinds[name] switch
                {
                    MemberKind.Flag => value.GetBoolean(),
                    MemberKind.Number => value.GetInt64(),
                    MemberKind.Object => value.GetRawText(),
                    _ => value.GetString()!,
                });
            }
        }
    }

    private static JsonElement? ValueOf(V1.ClientMetadata wire, MemberKind kind, FieldDescriptor field)
    {
        if (kind == MemberKind.Texts)
        {
            var values = (RepeatedField<string>)field.Accessor.GetValue(wire);
            return values.Count == 0 ? null : JsonSerializer.SerializeToElement(values.ToArray());
        }

        return field.Accessor.HasValue(wire)
            ? kind switch
            {
                MemberKind.Flag => JsonSerializer.SerializeToElement((bool)field.Accessor.GetValue(wire)),
                MemberKind.Number => JsonSerializer.SerializeToElement((long)field.Accessor.GetValue(wire)),
                MemberKind.Object => JsonTextMapping.ObjectOf((string)field.Accessor.GetValue(wire)),
                _ => JsonSerializer.SerializeToElement((string)field.Accessor.GetValue(wire)),
            }
            : null;
    }
}
