using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using GrpcDcr.Server.Endpoints.Http;
using GrpcDcr.Server.Endpoints.Mapping;
using GrpcDcr.Server.Model;
using GrpcDcr.V1;

namespace GrpcDcr.Server.Endpoints.Console.Events;

/// <summary>One line of the detail of an audit event, as the admin API has it.</summary>
/// <param name="Name">A field of the detail, or a member of client metadata.</param>
/// <param name="Value">The value, after a change; <see langword="null"/> if the member was removed.</param>
/// <param name="Before">The value before; <see langword="null"/> if there was none, or if nothing changed.</param>
internal sealed record EventDetail(string Name, string? Value, string? Before = null)
{
    public static IEnumerable<EventDetail> Of(AuditEvent recorded)
    {
        var message = recorded.ToMessage();
        return Admin.V1.AuditEvent.Descriptor.FindFieldByName("storage_backed_up").ContainingOneof.Accessor.GetCaseFieldDescriptor(message)
            is { } field
            ? LinesOf((IMessage)field.Accessor.GetValue(message))
            : [];
    }

    private static IEnumerable<EventDetail> LinesOf(IMessage detail)
    {
        foreach (var field in detail.Descriptor.Fields.InDeclarationOrder())
        {
            var value = field.Accessor.GetValue(detail);
            if (value is IEnumerable<MetadataChange> changes)
            {
                foreach (var change in changes)
                {
                    yield return new EventDetail(
                        change.Member, change.HasAfter ? change.After : null, change.HasBefore ? change.Before : null);
                }
            }
            else if (TextOf(field, value) is { Length: > 0 } text)
            {
                yield return new EventDetail(field.JsonName, text);
            }
        }
    }

    /// <summary>Empty for a field that is not set.</summary>
    private static string TextOf(FieldDescriptor field, object? value) => value switch
    {
        null or false or 0 or 0L => "",
        IMessage message => JsonFormatter.Default.Format(message).Trim('"'),
        Enum => field.EnumType.FindValueByNumber((int)value) is { Number: not 0 } name
            ? name.Name[AllowedNames.PrefixOf(field.EnumType).Length..]
            : "",
        var other => Convert.ToString(other, CultureInfo.InvariantCulture)!,
    };
}
