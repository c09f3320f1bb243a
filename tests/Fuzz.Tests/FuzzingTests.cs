using System.Text;
using GrpcDcr.Fuzz.Tests.Engine;
using GrpcDcr.Fuzz.Tests.Mutations;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Fuzz.Tests;

/// <summary>If nothing could be found, that nothing is found would prove nothing.</summary>
public sealed class FuzzingTests : IDisposable
{
    private static readonly Budget Enough = new(TimeSpan.FromMinutes(1), Seed: 1);

    private readonly string _folder = System.IO.Directory.CreateTempSubdirectory("grpcdcr-fuzz-").FullName;

    public void Dispose() => System.IO.Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Sees_the_branches_that_the_server_takes()
    {
        var seen = new SeenSteps();
        IsNew("https://client.example/cb"); // What runs once is over then.
        IsNew("https://client.example/cb");
        Assert.False(IsNew("https://client.example/cb"));
        Assert.True(IsNew("https://client.example:8443/%41?x"));
        Assert.InRange(seen.Count, 10, Coverage.Size / 2);

        bool IsNew(string uri)
        {
            Coverage.Clear();
            _ = UriSyntax.AuthorityFault(UriText.Split(uri)) ?? UriSyntax.CharacterFault(uri);
            return seen.Add(Coverage.Steps);
        }
    }

    /// <summary>From a seed without a port to one with a port, by way of a colon alone: a branch of the server marks each step.</summary>
    [Fact]
    public void Finds_what_is_some_changes_away()
    {
        var planted = new Planted("https://a/", text => UriText.Split(text) is var uri && UriSyntax.IsPort(uri.AfterHost));
        var failure = Assert.Throws<FuzzFailureException>(() => Run(planted));
        Assert.Contains("seed 1", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Keeps_what_it_finds_and_tries_it_first()
    {
        var planted = new Planted("a long text with one X in it, and more", text => text.Contains('X', StringComparison.Ordinal));
        var failure = Assert.Throws<FuzzFailureException>(() => Run(planted));
        var kept = Assert.Single(System.IO.Directory.GetFiles(Path.Combine(_folder, planted.Name)));
        Assert.Contains(kept, failure.Message, StringComparison.Ordinal);
        Assert.Equal("X", File.ReadAllText(kept));

        Assert.Contains("found before", Assert.Throws<FuzzFailureException>(() => Run(planted)).Message, StringComparison.Ordinal);
        Assert.Contains("2 inputs", Run(new Planted("a", _ => false), TimeSpan.Zero), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null, 2)]
    [InlineData("", "", 2)]
    [InlineData("600", "7", 600)]
    public void Takes_as_long_as_it_is_told(string? seconds, string? seed, int expected)
    {
        var budget = Budget.Of(seconds, seed);
        Assert.Equal(TimeSpan.FromSeconds(expected), budget.Duration);
        Assert.True(string.IsNullOrEmpty(seed) || budget.Seed == 7);
    }

    private string Run(IFuzzTarget target, TimeSpan? duration = null) =>
        new Fuzzing(target, Enough with { Duration = duration ?? Enough.Duration }, new FoundInputs(_folder)).Run();

    /// <summary>Fails for some texts.</summary>
    private sealed class Planted(string seed, Func<string, bool> isBad) : IFuzzTarget
    {
        public string Name => "planted";

        public IReadOnlyList<byte[]> Seeds { get; } = [Encoding.UTF8.GetBytes(seed)];

        public IMutation Mutation { get; } = new TextMutation(new Vocabulary([]));

        public void Check(byte[] input) => Assert.False(isBad(Encoding.UTF8.GetString(input)));
    }
}
