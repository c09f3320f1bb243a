using System.Text.Json;
using Google.Protobuf.Collections;
using Google.Protobuf.Reflection;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Endpoints.Mapping;

/// <summary>Maps client metadata between message and model by the member table: the number of a member is that of its field.</summary>
internal static class MetadataMapping
{
    /// <summary>By number; <see langword="null"/> for a number without a member.</summary>
    private static readonly IFieldAccessor?[] Fields =
    [
        .. Enumerable.Range(0, MetadataMembers.All[^1].Number + 1).Select(number =>
            MetadataMembers.Find(number) is null ? null : V1.ClientMetadata.Descriptor.FindFieldByNumber(number).Accessor),
    ];

    /// <summary>The members with their fields, in an array because every document walks through it.</summary>
    private static readonly (MetadataMember Member, IFieldAccessor Field)[] Rows =
        [.. MetadataMembers.All.Select(member => (member, Fields[member.Number]!))];

    /// <param name="message">The message; <see langword="null"/> for an empty document.</param>
    /// <param name="unreadable">The members of the document that could not be put into the message.</param>
    public static ClientMetadata ToModel(this V1.ClientMetadata? message, IReadOnlyList<Violation>? unreadable = null)
    {
        if (message is null)
        {
            return ClientMetadata.Empty;
        }

        var (values, violations) = (new MemberValues.Builder(), new Violations());
        foreach (var (member, value) in ValuesOf(message))
        {
            values.Set(member, member.Kind == MemberKind.Json ? ObjectOf(member, (string)value, violations) : value);
        }

        var extensions = ExtensionsOf(message.Extensions, violations);
        return new ClientMetadata
        {
            Values = values.Build(),
            Localized = message.Localized.Count == 0
                ? ClientMetadata.Empty.Localized
                : new Dictionary<string, string>(message.Localized, StringComparer.Ordinal),
            Choices = ChoicesOf(message.Choices),
            Extensions = extensions,
            Unreadable = [.. unreadable ?? [], .. violations.Found],
        };
    }

    public static V1.ClientMetadata ToMessage(this ClientMetadata model)
    {
        var message = new V1.ClientMetadata();
        foreach (var (member, value) in model.Values)
        {
            Set(message, member, value);
        }

        foreach (var (name, text) in model.Localized)
        {
            message.Localized.Add(name, text);
        }

        foreach (var (member, values) in model.Choices)
        {
            message.Choices.Add(member.Choices!, new V1.MetadataChoices { Values = { values } });
        }

        foreach (var (name, json) in model.Extensions)
        {
            message.Extensions.Add(name, json.GetRawText());
        }

        return message;
    }

    private static void Set(V1.ClientMetadata message, MetadataMember member, object value)
    {
        var field = Fields[member.Number]!;
        if (value is string[] texts)
        {
            ((RepeatedField<string>)field.GetValue(message)).AddRange(texts);
        }
        else
        {
            field.SetValue(message, value is JsonElement json ? json.GetRawText() : value);
        }
    }

    /// <summary>The members that are present, with the values of their fields: an array for a list, JSON text for an object.</summary>
    private static IEnumerable<(MetadataMember Member, object Value)> ValuesOf(V1.ClientMetadata message)
    {
        foreach (var (member, field) in Rows)
        {
            if (member.Kind == MemberKind.Texts)
            {
                if ((RepeatedField<string>)field.GetValue(message) is { Count: > 0 } texts)
                {
                    yield return (member, texts.ToArray());
                }
            }
            else if (field.HasValue(message))
            {
                yield return (member, field.GetValue(message));
            }
        }
    }

    /// <summary>Unknown names are ignored, and empty lists are absent.</summary>
    private static IReadOnlyDictionary<MetadataMember, IReadOnlyList<string>> ChoicesOf(MapField<string, V1.MetadataChoices> sent)
    {
        if (sent.Count == 0)
        {
            return ClientMetadata.Empty.Choices;
        }

        var choices = new Dictionary<MetadataMember, IReadOnlyList<string>>(sent.Count);
        foreach (var (name, list) in sent)
        {
            if (MetadataMembers.FindByChoices(name) is { } member && list.Values.Count > 0)
            {
                choices.Add(member, [.. list.Values]);
            }
        }

        return choices;
    }

    private static object? ObjectOf(MetadataMember member, string json, Violations violations)
    {
        var value = StrictJson.Read(System.Text.Encoding.UTF8.GetBytes(json), out var fault);
        if (value is not { ValueKind: JsonValueKind.Object })
        {
            violations.Add(member, $"{member} {fault ?? "is not a JSON object, as JSON text"}.");
            return null;
        }

        return value;
    }

    private static IReadOnlyDictionary<string, JsonElement> ExtensionsOf(MapField<string, string> sent, Violations violations)
    {
        if (sent.Count == 0)
        {
            return ClientMetadata.Empty.Extensions;
        }

        var extensions = new Dictionary<string, JsonElement>(sent.Count, StringComparer.Ordinal);
        foreach (var (name, json) in sent)
        {
            if (StrictJson.Read(System.Text.Encoding.UTF8.GetBytes(json), out var fault) is { } value)
            {
                extensions.Add(name, value);
            }
            else
            {
                violations.Add("extensions", $"{Excerpt.Of(name)} in extensions {fault}.");
            }
        }

        return extensions;
    }
}
