using System.Diagnostics;
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

    /// <summary>Bytes that most documents fit in.</summary>
    private const int UsualLength = 512;

    public static ByteString Encode(ClientMetadata metadata)
    {
        using var bytes = new MemoryStream(UsualLength);
        using (var output = new CodedOutputStream(bytes, UsualLength, leaveOpen: true))
        {
            foreach (var (member, value) in metadata.Values)
            {
                Write(output, member.Number, value);
            }

            foreach (var (name, text) in metadata.Localized)
            {
                WriteNamed(output, Localized, name, text);
            }

            foreach (var (name, json) in metadata.Extensions)
            {
                WriteNamed(output, Extensions, name, json.GetRawText());
            }
        }

        return ByteString.CopyFrom(bytes.GetBuffer(), 0, (int)bytes.Length);
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

    private static void Write(CodedOutputStream output, int number, object value)
    {
        switch (value)
        {
            case string text:
                WriteText(output, number, text);
                break;
            case string[] texts:
                foreach (var text in texts)
                {
                    WriteText(output, number, text);
                }

                break;
            case JsonElement json:
                WriteText(output, number, json.GetRawText());
                break;
            case bool flag:
                output.WriteTag(number, WireType.Varint);
                output.WriteBool(flag);
                break;
            case long whole:
                output.WriteTag(number, WireType.Varint);
                output.WriteInt64(whole);
                break;
            default:
                throw new UnreachableException();
        }
    }

    private static void WriteText(CodedOutputStream output, int number, string text)
    {
        output.WriteTag(number, WireType.LengthDelimited);
        output.WriteString(text);
    }

    private static void WriteNamed(CodedOutputStream output, int number, string name, string value)
    {
        output.WriteTag(number, WireType.LengthDelimited);
        output.WriteMessage(new StoredNamedValue { Name = name, Value = value });
    }

    private static WireType WireTypeOf(MemberKind kind) =>
        kind is MemberKind.Flag or MemberKind.Number ? WireType.Varint : WireType.LengthDelimited;
}
