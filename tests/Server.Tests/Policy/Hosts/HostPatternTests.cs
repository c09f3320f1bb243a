using GrpcDcr.Server.Policy.Hosts;
using GrpcDcr.TestKit;

namespace GrpcDcr.Server.Tests.Policy.Hosts;

/// <summary>Which hosts a policy's pattern means, and which patterns a policy may have.</summary>
public sealed class HostPatternTests
{
    [Theory]
    [InlineData("example.com", "example.com", true)]
    [InlineData("example.com", "EXAMPLE.Com", true)]
    [InlineData("Example.COM", "example.com", true)]
    [InlineData("example.com", "www.example.com", false)]
    [InlineData("example.com", "example.com.", false)]
    [InlineData("example.com", "example.com:443", false)]
    [InlineData("example.com", "badexample.com", false)]
    [InlineData("example.com", "", false)]
    [InlineData("*.example.com", "www.example.com", true)]
    [InlineData("*.example.com", "a.b.c.EXAMPLE.com", true)]
    [InlineData("*.Example.com", "www.example.com", true)]
    [InlineData("*.example.com", "example.com", false)]
    [InlineData("*.example.com", ".example.com", false)]
    [InlineData("*.example.com", "a..example.com", false)]
    [InlineData("*.example.com", "badexample.com", false)]
    [InlineData("*.example.com", "www.example.com.", false)]
    [InlineData("*.example.com", "www.example.com.evil.net", false)]
    [InlineData("*.example.com", "evil.net/.example.com", false)]
    [InlineData("*.example.com", "evil.net@x.example.com", false)]
    [InlineData("*.example.com", "*.example.com", false)]
    [InlineData("*.example.com", "", false)]
    [InlineData("*.someone.github.io", "x.someone.github.io", true)]
    [InlineData("*.xn--85x722f.com.cn", "www.xn--85x722f.com.cn", true)]
    [InlineData("localhost", "LocalHost", true)]
    [InlineData("localhost", "app.localhost", false)]
    [InlineData("localhost", "127.0.0.1", false)]
    [InlineData("127.0.0.1", "127.0.0.1", true)]
    [InlineData("127.0.0.1", "127.0.0.10", false)]
    [InlineData("127.0.0.1", "127.1", false)]
    [InlineData("[2001:db8::A]", "[2001:DB8::a]", true)]
    [InlineData("[2001:db8::a]", "2001:db8::a", false)]
    [InlineData("[::1]", "[::2]", false)]
    public void Matches_these_hosts(string pattern, string host, bool expected) =>
        Assert.Equal((pattern, host, expected), (pattern, host, Pattern(pattern).Matches(host)));

    [Theory]
    [InlineData("*.com", "directly under a public suffix")]
    [InlineData("*.co.uk", "directly under a public suffix")]
    [InlineData("*.CO.UK", "directly under a public suffix")]
    [InlineData("*.github.io", "directly under a public suffix")]
    [InlineData("*.test.ck", "directly under a public suffix")]
    [InlineData("*.xn--55qx5d.cn", "directly under a public suffix")]
    [InlineData("*.localhost", "directly under a public suffix")]
    [InlineData("*.internal", "directly under a public suffix")]
    [InlineData("*.kobe.jp", "public suffixes below it")]
    [InlineData("*.amazonaws.com", "public suffixes below it")]
    [InlineData("com", "is a public suffix")]
    [InlineData("Co.Uk", "is a public suffix")]
    [InlineData("xn--fiqs8s", "is a public suffix")]
    [InlineData("*.127.0.0.1", "before an IP address")]
    [InlineData("*.[::1]", "before an IP address")]
    [InlineData("*", "asterisk")]
    [InlineData("*.*.example.com", "asterisk")]
    [InlineData("www.*.example.com", "asterisk")]
    [InlineData("www*.example.com", "asterisk")]
    [InlineData("*example.com", "asterisk")]
    [InlineData("https://example.com", "URI")]
    [InlineData("example.com/cb", "URI")]
    [InlineData("example.com:8080", "port")]
    [InlineData("localhost:", "port")]
    [InlineData("*.example.com:8080", "port")]
    [InlineData("127.0.0.1:80", "port")]
    [InlineData("::1", "in brackets")]
    [InlineData("[::1]:80", "in brackets")]
    [InlineData("[::g]", "in brackets")]
    [InlineData("127.1", "is not a host")]
    [InlineData("10.0.0.256", "is not a host")]
    [InlineData("example.com.", "is not a host")]
    [InlineData(".example.com", "is not a host")]
    [InlineData("*.", "is not a host")]
    [InlineData("exam_ple.com", "is not a host")]
    [InlineData("user@example.com", "is not a host")]
    [InlineData("", "is not a host")]
    [InlineData("*.b\u00fccher.example", "xn--")]
    public void Refuses_with_the_reason(string text, string reason)
    {
        Assert.False(HostPattern.TryParse(text, out var pattern, out var fault), text);
        Assert.Null(pattern);
        Assert.Contains(reason, fault, StringComparison.Ordinal);
        PlainAscii.Check(fault);
    }

    /// <summary>Some are public suffixes, but a host there can be one owner's: the suffix's, or a local network's.</summary>
    [Theory]
    [InlineData("github.io")]
    [InlineData("intranet")]
    [InlineData("kobe.jp")]
    [InlineData("www.ck")]
    [InlineData("*.corp.internal")]
    [InlineData("*.someone.github.io")]
    [InlineData("*.city.kobe.jp")]
    public void Accepts_these_at_the_edge(string text) => Assert.Equal(text, Pattern(text).ToString());

    [Theory]
    [InlineData("*.example.com", "a.example.com", true)]
    [InlineData("*.example.com", "*.a.example.com", true)]
    [InlineData("*.example.com", "*.EXAMPLE.com", true)]
    [InlineData("*.example.com", "example.com", false)]
    [InlineData("*.a.example.com", "*.example.com", false)]
    [InlineData("*.example.com", "*.badexample.com", false)]
    [InlineData("example.com", "Example.com", true)]
    [InlineData("a.example.com", "*.a.example.com", false)]
    [InlineData("a.example.com", "b.example.com", false)]
    [InlineData("127.0.0.1", "127.0.0.1", true)]
    [InlineData("localhost", "127.0.0.1", false)]
    public void Covers_these_patterns(string outer, string inner, bool expected) =>
        Assert.Equal((outer, inner, expected), (outer, inner, Pattern(outer).Covers(Pattern(inner))));

    private static HostPattern Pattern(string text)
    {
        Assert.True(HostPattern.TryParse(text, out var pattern, out var fault), fault);
        return pattern;
    }
}
