using GrpcDcr.Server.Policy.Hosts;
using GrpcDcr.Server.Syntax;
using GrpcDcr.TestKit;

namespace GrpcDcr.Server.Tests.Policy.Hosts;

public sealed class HostPatternsTests
{
    [Theory]
    [InlineData("claude.ai", true)]
    [InlineData("api.claude.com", true)]
    [InlineData("LOCALHOST", true)]
    [InlineData("claude.com", false)]
    [InlineData("claude.ai.evil.net", false)]
    [InlineData("", false)]
    public void Matches_a_host_of_any_pattern(string host, bool expected) =>
        Assert.Equal((host, expected), (host, Patterns(" claude.ai  *.claude.com\tlocalhost ").Match(host)));

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    public void Matches_nothing_without_a_pattern(string text)
    {
        Assert.False(Patterns(text).Match("example.com"));
        Assert.Equal("none", Patterns(text).ToString());
    }

    [Fact]
    public void Says_each_fault_and_keeps_the_rest()
    {
        var faults = new List<string>();
        var patterns = HostPatterns.Parse(["example.com", "*.co.uk", "b\u00fccher.example", "example.org:443"], faults);
        Assert.Equal("example.com", patterns.ToString());
        Assert.Collection(
            faults,
            fault => Assert.StartsWith("'*.co.uk' is a wildcard directly under a public suffix", fault, StringComparison.Ordinal),
            fault => Assert.StartsWith("'b?cher.example' is not ASCII", fault, StringComparison.Ordinal),
            fault => Assert.StartsWith("'example.org:443' has a port", fault, StringComparison.Ordinal));
        Assert.All(faults, PlainAscii.Check);
    }

    [Fact]
    public void Has_each_pattern_once_in_order()
    {
        var patterns = Patterns("B.example *.a.example b.example a.example *.A.example");
        Assert.Equal(["b.example", "*.a.example", "a.example"], patterns.InOrder.Select(pattern => pattern.ToString()));
        Assert.Equal("b.example, *.a.example, a.example", patterns.ToString());
    }

    [Fact]
    public void Is_cut_short_for_a_reader()
    {
        var text = Patterns(string.Join(' ', Enumerable.Range(0, 100).Select(i => $"host{i}.example"))).ToString();
        Assert.Equal(303, text.Length);
        Assert.EndsWith("...", text, StringComparison.Ordinal);
    }

    /// <summary>One list is inside another when each of its patterns is covered.</summary>
    [Theory]
    [InlineData("*.example.com localhost", "a.example.com *.b.example.com localhost", true)]
    [InlineData("*.example.com localhost", "", true)]
    [InlineData("*.example.com", "a.example.com localhost", false)]
    [InlineData("", "localhost", false)]
    public void Covers_another_list(string outer, string inner, bool expected) =>
        Assert.Equal((outer, inner, expected), (outer, inner, Patterns(inner).InOrder.All(Patterns(outer).Covers)));

    private static HostPatterns Patterns(string text)
    {
        var faults = new List<string>();
        var patterns = HostPatterns.Parse(WordList.Words(text), faults);
        Assert.Equal([], faults);
        return patterns;
    }
}
