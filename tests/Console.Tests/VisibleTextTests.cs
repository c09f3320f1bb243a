using System.Text.Encodings.Web;
using GrpcDcr.Server.Endpoints.Console.Shared;

namespace GrpcDcr.Console.Tests;

/// <summary>Text of clients deceives nobody.</summary>
public sealed class VisibleTextTests
{
    [Theory]
    [InlineData("Invoices", "<bdi>Invoices</bdi>")]
    [InlineData("a b", "<bdi>a b</bdi>")]
    [InlineData("<b>&\"'", "<bdi>&lt;b&gt;&amp;&quot;&#x27;</bdi>")]
    [InlineData("gnp\u202Eexe", "<bdi>gnp<span class=\"odd\">U&#x2B;202E</span>exe</bdi>")]
    [InlineData("a\u200Bb", "<bdi>a<span class=\"odd\">U&#x2B;200B</span>b</bdi>")]
    [InlineData("a\nb\u0000", "<bdi>a<span class=\"odd\">U&#x2B;000A</span>b<span class=\"odd\">U&#x2B;0000</span></bdi>")]
    [InlineData("a\u00A0b", "<bdi>a<span class=\"odd\">U&#x2B;00A0</span>b</bdi>")]
    [InlineData("\uFFFD", "<bdi><span class=\"odd\">U&#x2B;FFFD</span></bdi>")]
    [InlineData("\U000E0041", "<bdi><span class=\"odd\">U&#x2B;E0041</span></bdi>")]
    [InlineData("", "<span class=\"odd\">empty</span>")]
    public void Is_encoded_isolated_and_has_a_sign_for_what_cannot_be_seen(string text, string html) => Assert.Equal(html, Html(text));

    [Fact]
    public void Nothing_is_a_dash_that_can_be_heard() => Assert.Contains("none</span>", Html(null), StringComparison.Ordinal);

    private static string Html(string? text)
    {
        using var writer = new StringWriter();
        VisibleText.Of(text).WriteTo(writer, HtmlEncoder.Default);
        return writer.ToString();
    }
}
