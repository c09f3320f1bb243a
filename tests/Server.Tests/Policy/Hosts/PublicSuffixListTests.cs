using GrpcDcr.Server.Policy.Hosts;
using GrpcDcr.Server.Syntax;
using GrpcDcr.TestKit;
using GrpcDcr.TestKit.Samples;

namespace GrpcDcr.Server.Tests.Policy.Hosts;

/// <summary>The algorithm of publicsuffix.org/list, over the list that the service ships with and over small ones.</summary>
public sealed class PublicSuffixListTests
{
    public static TheoryData<string, string> Hosts { get; } = new(CaseFile.Read("public-suffixes").Select(row => (row[0], row[1])));

    /// <summary>The published samples name the registrable domain of each host, or a dash: then a name is a public suffix itself.</summary>
    [Theory]
    [MemberData(nameof(Hosts))]
    public void A_name_without_a_registrable_domain_is_a_public_suffix(string host, string registrable)
    {
        Assert.Equal(HostSyntax.IsName(host) && registrable == "-", PublicSuffixList.Shipped.IsPublicSuffix(host));
        Assert.False(PublicSuffixList.Shipped.IsPublicSuffix(registrable));
    }

    [Theory]
    [InlineData("com", true)]
    [InlineData("CO.uk", true)]
    [InlineData("test.ck", true)]
    [InlineData("xn--55qx5d.cn", true)]
    [InlineData("www.ck", false)]
    [InlineData("github.io", false)]
    [InlineData("example.com", false)]
    [InlineData("intranet", false)]
    [InlineData("127.0.0.1", false)]
    public void Knows_the_suffixes_of_registries(string host, bool expected) =>
        Assert.Equal((host, expected), (host, PublicSuffixList.Shipped.IsRegistrySuffix(host)));

    [Theory]
    [InlineData("com", true)]
    [InlineData("kobe.jp", true)]
    [InlineData("AmazonAWS.com", true)]
    [InlineData("compute.amazonaws.com", true)]
    [InlineData("github.io", false)]
    [InlineData("example.com", false)]
    [InlineData("www.ck", false)]
    public void Knows_where_suffixes_lie_below(string host, bool expected) =>
        Assert.Equal((host, expected), (host, PublicSuffixList.Shipped.HasSuffixBelow(host)));

    /// <summary>The shipped list is whole: both sections to their ends.</summary>
    [Fact]
    public void Ships_thousands_of_rules()
    {
        var file = Path.Combine(Repository.Root, "src/Server/Policy/Hosts/Data/public_suffix_list.dat");
        var rules = File.ReadLines(file).Where(line => line.Length > 0 && !line.StartsWith("//", StringComparison.Ordinal)).ToList();
        Assert.True(rules.Count > 10_000);
        Assert.Equal([], rules.Where(rule => char.IsAsciiLetterOrDigit(rule[0]) && System.Text.Ascii.IsValid(rule))
            .Where(rule => !PublicSuffixList.Shipped.IsPublicSuffix(rule)));
    }

    [Theory]
    [InlineData("example", true)]
    [InlineData("b.example", false)]
    [InlineData("wild.example", false)]
    [InlineData("other.wild.example", true)]
    [InlineData("y.other.wild.example", false)]
    [InlineData("exception.wild.example", false)]
    [InlineData("y.exception.wild.example", false)]
    [InlineData("deep.exception.wild.example", false)]
    public void An_exception_prevails_over_longer_rules(string host, bool isSuffix)
    {
        const string Rules = """
            // ===BEGIN ICANN DOMAINS===
            example
            *.wild.example and what follows white space is no part of the rule

            !exception.wild.example
            deep.exception.wild.example
            """;
        Assert.Equal(isSuffix, PublicSuffixList.Read(new StringReader(Rules)).IsPublicSuffix(host));
    }
}
