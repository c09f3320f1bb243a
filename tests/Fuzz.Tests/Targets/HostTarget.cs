using System.Text;
using GrpcDcr.Fuzz.Tests.Engine;
using GrpcDcr.Fuzz.Tests.Mutations;
using GrpcDcr.Fuzz.Tests.Oracles;
using GrpcDcr.Server.Policy.Hosts;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Fuzz.Tests.Targets;

/// <summary>Two hosts, a line each, the first also as a pattern: public suffixes, and which hosts a pattern means.</summary>
internal sealed class HostTarget : IFuzzTarget
{
    private static readonly string[] Hosts =
    [
        "example.com", "*.example.com", "a.b.example.co.uk", "*.co.uk", "com", "*.com", "localhost", "127.0.0.1", "[::1]", "[2001:db8::1]",
        "github.io",
        "a.github.io", "*.github.io", "www.ck", "b.test.ck", "city.kawasaki.jp", "a.b.kawasaki.jp", "xn--85x722f.com.cn", "a.xn--55qx5d.cn",
        "EXAMPLE.com",
        "*", "*.*", "*.*.com", "a.*.com", "https://example.com", "example.com:443", "example.com.", ".example.com", "-a.com", "a-.com",
        "1.2.3", "0x7f.1",
        "\u00e9.example", "example.\u4e2d\u56fd", "s3.amazonaws.com", "*.amazonaws.com", "compute.amazonaws.com",
    ];

    private static readonly PublicSuffixList Suffixes = PublicSuffixList.Shipped;

    public string Name => "hosts";

    public IReadOnlyList<byte[]> Seeds { get; } =
        [.. Hosts.Zip([.. Hosts.Skip(1), Hosts[0]], (one, other) => Encoding.UTF8.GetBytes($"{one}\n{other}"))];

    public IMutation Mutation { get; } = new TextMutation(new Vocabulary(Hosts.Select(Encoding.UTF8.GetBytes)));

    public void Check(byte[] input)
    {
        var lines = Encoding.UTF8.GetString(input).Split('\n', 2);
        foreach (var host in lines)
        {
            CheckSuffixes(host);
        }

        CheckPattern(lines[0], lines[^1]);
    }

    private static void CheckSuffixes(string host)
    {
        Assert.False(Suffixes.IsRegistrySuffix(host) && !Suffixes.IsPublicSuffix(host));
        Assert.True(!Suffixes.IsPublicSuffix(host) || HostSyntax.IsName(host));
        Assert.Equal(Suffixes.IsPublicSuffix(host), Suffixes.IsPublicSuffix(host.ToUpperInvariant()));

        // Above a public suffix there is another one, or a wildcard; above all of them a name without a dot, which is one.
        var dot = host.IndexOf('.', StringComparison.Ordinal);
        Assert.True(!HostSyntax.IsName(host) || dot >= 0 || Suffixes.IsPublicSuffix(host));
        if (Suffixes.IsPublicSuffix(host) && dot >= 0)
        {
            Assert.True(Suffixes.HasSuffixBelow(host[(dot + 1)..]));
        }
    }

    private static void CheckPattern(string text, string host)
    {
        if (!HostPattern.TryParse(text, out var pattern, out var fault))
        {
            Refusals.CheckSentence($"{Excerpt.Of(text)} {fault}.");
            return;
        }

        Assert.True(HostPattern.TryParse(pattern.ToString(), out var same, out _));
        Assert.Equal(pattern.ToString(), same.ToString());
        Assert.True(pattern.Covers(same));
        var name = pattern.ToString().TrimStart('*').TrimStart('.');
        var isBelow = HostSyntax.IsName(host) && host.EndsWith($".{name}", StringComparison.OrdinalIgnoreCase);
        var isSame = host.Equals(name, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(pattern.ToString().StartsWith('*') ? isBelow : isSame, pattern.Matches(host));
        Assert.True(!pattern.Matches(host) || HostSyntax.IsHost(host));

        // Nobody but the owner of the name has a host that the pattern means.
        Assert.True(!pattern.ToString().StartsWith('*') || (HostSyntax.IsName(name) && !Suffixes.IsPublicSuffix(name)));
        if (HostPattern.TryParse(host, out var other, out _) && pattern.Covers(other) && !host.StartsWith('*'))
        {
            Assert.True(pattern.Matches(host));
        }
    }
}
