using GrpcDcr.Server.Policy.Hosts;
using GrpcDcr.Server.Syntax;
using GrpcDcr.TestKit;
using GrpcDcr.TestKit.Samples;

namespace GrpcDcr.Server.Tests.Policy.Hosts;

/// <summary>The algorithm of publicsuffix.org/list, over the list that the service ships with and over small ones.</summary>
public sealed class PublicSuffixListTests
{
    public static TheoryData<string, string> Hosts { get; } = new(CaseFile.Read("public-suffixes").Select(row => (row[0], row[1])));

    [Theory]
    [MemberData(nameof(Hosts))]
    public void Finds_the_registrable_domain(string host, string expected) =>
        Assert.Equal(expected, PublicSuffixList.Shipped.RegistrableDomain(host) ?? "-");

    /// <summary>A name with a host's syntax has a registrable domain or is a public suffix itself.</summary>
    [Theory]
    [MemberData(nameof(Hosts))]
    public void A_name_without_a_registrable_domain_is_a_public_suffix(string host, string expected) =>
        Assert.Equal(HostSyntax.IsName(host) && expected == "-", PublicSuffixList.Shipped.IsPublicSuffix(host));

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
    [InlineData("a.b.example", "b.example")]
    [InlineData("x.y.exception.wild.example", "exception.wild.example")]
    [InlineData("y.other.wild.example", "y.other.wild.example")]
    [InlineData("x.deep.exception.wild.example", "exception.wild.example")]
    public void An_exception_prevails_over_longer_rules(string host, string expected)
    {
        const string Rules = """
            // ===BEGIN ICANN DOMAINS===
            example
            *.wild.example and what follows white space is no part of the rule

            !exception.wild.example
            deep.exception.wild.example
            """;
        Assert.Equal(expected, PublicSuffixList.Read(new StringReader(Rules)).RegistrableDomain(host));
    }
}
