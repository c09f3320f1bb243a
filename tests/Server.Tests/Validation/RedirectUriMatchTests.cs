using GrpcDcr.Server.Model;
using GrpcDcr.Server.Validation.Values;
using GrpcDcr.TestKit.Samples;

namespace GrpcDcr.Server.Tests.Validation;

/// <summary>Which redirect URI an authorization request may use.</summary>
public sealed class RedirectUriMatchTests
{
    public static TheoryData<string, string, string, string> Rows { get; } =
        new(CaseFile.Read("matching").Select(row => (row[0], row[1], row[2], row[3])));

    [Theory]
    [MemberData(nameof(Rows))]
    public void Allows_what_the_table_says(string ids, string outcome, string registered, string requested) =>
        Assert.True((outcome == "allowed") == RedirectUriMatch.Allows(registered, requested), ids);

    [Fact]
    public void The_table_knows_two_outcomes() =>
        Assert.Equal(["allowed", "refused"], Rows.Select(row => row.Data.Item2).Distinct().Order());

    [Theory]
    [InlineData("M-13", "https://a.example/cb", null, "https://a.example/cb")]
    [InlineData("M-13", "https://a.example/cb https://a.example/cb", null, "https://a.example/cb")]
    [InlineData("M-13", "https://a.example/cb https://b.example/cb", null, null)]
    [InlineData("M-13", "", null, null)]
    [InlineData("M-13", "", "https://a.example/cb", null)]
    [InlineData("M-13", "https://a.example/cb", "", null)]
    [InlineData("M-01", "https://a.example/cb https://b.example/cb", "https://b.example/cb", "https://b.example/cb")]
    [InlineData("M-04", "https://a.example/cb http://127.0.0.1/cb", "http://127.0.0.1:7/cb", "http://127.0.0.1:7/cb")]
    public void Chooses_the_one_to_use(string id, string registered, string? requested, string? expected)
    {
        var uris = registered.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal((id, expected), (id, RedirectUriMatch.Choose([.. uris.Select(uri => new RedirectUri(uri))], requested)));
    }
}
