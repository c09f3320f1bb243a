using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using Google.Protobuf;
using GrpcDcr.Server.Model;
using static Google.Protobuf.WireFormat;

namespace GrpcDcr.Server.Storage.Encoding;

/// <summary>
/// Client metadata to and from its stored bytes, by the table: the bytes are those of the message <c>grpcdcr.v1.ClientMetadata</c>, whose
/// field numbers are the numbers of the members.
/// </summary>
internal static class MetadataRecord
{
    private const int Localized = 17;
    private const int Extensions = 19;

    public static void Write(RecordWriter record, ClientMetadata metadata)
    {
        foreach (var (member, value) in metadata.Values)
        {
            Write(record, member.Number, value);
        }

        record.Messages(Localized, metadata.Localized, WriteNamed);
        record.Messages(Extensions, metadata.Extensions, WriteNamed);
    }

    public static void WriteNamed(RecordWriter record, KeyValuePair<string, string> named)
    {
        record.Text(StoredNamedValue.NameFieldNumber, named.Key);
        record.Text(StoredNamedValue.ValueFieldNumber, named.Value);
    }

    /// <exception cref="InvalidProtocolBufferException">The bytes are truncated.</exception>
    /// <exception cref="ArgumentException">They have a field without a member.</exception>
    /// <exception cref="JsonException">They have malformed JSON.</exception>
    public static ClientMetadata Decode(ByteString bytes)
    {
        var values = new MemberValues.Builder();
        Dictionary<string, string>? localized = null;
        Dictionary<string, JsonElement>? extensions = null;
        var input = bytes.CreateCodedInput();
        var tag = input.ReadTag();
        while (tag != 0)
        {
            if (tag == MakeTag(Localized, WireType.LengthDelimited))
            {
                var text = ReadNamed(input);
                (localized ??= new(StringComparer.Ordinal))[text.Name] = text.Value;
                tag = input.ReadTag();
            }
            else if (tag == MakeTag(Extensions, WireType.LengthDelimited))
            {
                var own = ReadNamed(input);
                (extensions ??= new(StringComparer.Ordinal))[own.Name] = JsonElement.Parse(own.Value);
                tag = input.ReadTag();
            }
            else
            {
                tag = ReadMember(input, tag, values);
            }
        }

        return new ClientMetadata
        {
            Values = values.Build(),
            Localized = localized ?? ClientMetadata.Empty.Localized,
            Extensions = extensions ?? ClientMetadata.Empty.Extensions,
        };
    }

    /// <returns>The next tag.</returns>
    private static uint ReadMember(CodedInputStream input, uint tag, MemberValues.Builder values)
    {
        var member = MetadataMembers.Find(GetTagFieldNumber(tag));
        if (member is null || tag != MakeTag(member.Number, WireTypeOf(member.Kind)))
        {
            throw new ArgumentException($"The tag {tag} is that of no member.");
        }

        if (member.Kind != MemberKind.Texts)
        {
            values.Set(member, ReadValue(input, member.Kind));
            return input.ReadTag();
        }

        List<string> texts = [];
        uint next;
        do
        {
            texts.Add(input.ReadString());
            next = input.ReadTag();
        }
        while (next == tag);
        values.Set(member, texts);
        return next;
    }

    private static object ReadValue(CodedInputStream input, MemberKind kind) => kind switch
    {
        MemberKind.Text => input.ReadString(),
        MemberKind.Flag => input.ReadBool(),
        MemberKind.Number => input.ReadInt64(),
        MemberKind.Json => JsonElement.Parse(input.ReadString()),
        _ => throw new UnreachableException(),
    };

    private static StoredNamedValue ReadNamed(CodedInputStream input)
    {
        var named = new StoredNamedValue();
        input.ReadMessage(named);
        return named;
    }

    private static void WriteNamed(RecordWriter record, KeyValuePair<string, JsonElement> named)
    {
        record.Text(StoredNamedValue.NameFieldNumber, named.Key);
        record.Bytes(StoredNamedValue.ValueFieldNumber, JsonMarshal.GetRawUtf8Value(named.Value));
    }

    private static void Write(RecordWriter record, int number, object value)
    {
        switch (value)
        {
            case string text:
                record.Text(number, text);
                break;
            case string[] texts:
                record.Texts(number, texts);
                break;
            case JsonElement json:
                record.Bytes(number, JsonMarshal.GetRawUtf8Value(json));
                break;
            case bool flag:
                record.Number(number, (long?)(flag ? 1 : 0));
                break;
            case long whole:
                record.Number(number, (long?)whole);
                break;
            default:
                throw new UnreachableException();
        }
    }

    private static WireType WireTypeOf(MemberKind kind) =>
        kind is MemberKind.Flag or MemberKind.Number ? WireType.Varint : WireType.LengthDelimited;
}
