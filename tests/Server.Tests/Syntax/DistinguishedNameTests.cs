using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Tests.Syntax;

/// <summary>RFC 4514: the subjects of certificates as text (8705-02).</summary>
public sealed class DistinguishedNameTests
{
    [Theory]
    [InlineData("CN=client")]
    [InlineData("UID=jsmith,DC=example,DC=net")]
    [InlineData("OU=Sales+CN=J.  Smith,DC=example,DC=net")]
    [InlineData("CN=James \\\"Jim\\\" Smith\\, III,DC=example,DC=net")]
    [InlineData("CN=Before\\0dAfter,DC=example,DC=net")]
    [InlineData("1.3.6.1.4.1.1466.0=#04024869")]
    [InlineData("CN=Lu\\C4\\8Di\\C4\\87")]
    [InlineData("CN=Lu\u010di\u0107")]
    [InlineData("CN=client, O=Example Ltd, C=GB")]
    [InlineData("CN=")]
    [InlineData("CN=\\ client\\ ")]
    [InlineData("CN=\\#client")]
    [InlineData("CN=a=b#c")]
    [InlineData("UID=67c57882,1.3.6.1.4.1.311.60.2.1.3=#13024252,2.5.4.15=#131450726976617465,CN=a.example,OU=497e1ffe,O=Bank,L=BRASILIA,"
        + "ST=DF,C=BR")]
    public void Knows_a_name(string text) => Assert.True(DistinguishedName.IsWellFormed(text));

    [Theory]
    [InlineData("")]
    [InlineData("client")]
    [InlineData("=client")]
    [InlineData("CN=client,")]
    [InlineData(",CN=client")]
    [InlineData("CN=a,,O=b")]
    [InlineData("CN=a+,O=b")]
    [InlineData("C_N=client")]
    [InlineData("-CN=client")]
    [InlineData("2=client")]
    [InlineData("2..5=client")]
    [InlineData("2.05=client")]
    [InlineData("2.5.=client")]
    [InlineData("CN=a;O=b")]
    [InlineData("CN=a\"b\"")]
    [InlineData("CN=<a>")]
    [InlineData("CN= client")]
    [InlineData("CN=client ")]
    [InlineData("CN=client ,O=b")]
    [InlineData("CN=client\\")]
    [InlineData("CN=a\\x")]
    [InlineData("CN=a\\4")]
    [InlineData("CN=#")]
    [InlineData("CN=#123")]
    [InlineData("CN=#xy")]
    [InlineData("CN=a\0")]
    public void Knows_what_is_none(string text) => Assert.False(DistinguishedName.IsWellFormed(text));
}
