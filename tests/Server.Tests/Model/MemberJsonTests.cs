using System.Text.Encodings.Web;
using System.Text.Json;
using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Tests.Model;

/// <summary>Values are the same JSON text as that of the serializer.</summary>
public sealed class MemberJsonTests
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static TheoryData<string> Texts { get; } =
    [
        "", "plain", "\"quoted\" \\ / <b> & 'x' +", "line\r\n\ttab\b\f\u0000\u001f\u007f\u0085", "パートナー ü", "\U0001F600",
        "\u2028\u200d\ufeff", "\ud800", "a\udc00b", "\uffff", "\U000E0041",
    ];

    [Theory]
    [MemberData(nameof(Texts))]
    public void Text_is_escaped(string text)
    {
        Assert.Equal(JsonSerializer.Serialize(text, Readable), MemberJson.ToJson(text));
        Assert.Equal(JsonSerializer.Serialize(new[] { text, "x", text }, Readable), MemberJson.ToJson(new[] { text, "x", text }));
        Assert.Equal(JsonSerializer.Serialize(new[] { text }, Readable), MemberJson.ToJson(new[] { text }));
    }

    [Theory]
    [InlineData(true, "true")]
    [InlineData(false, "false")]
    [InlineData(long.MinValue, "-9223372036854775808")]
    [InlineData(0L, "0")]
    public void Other_values_are_written(object value, string json) => Assert.Equal(json, MemberJson.ToJson(value));
}
