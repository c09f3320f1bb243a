namespace GrpcDcr.Conformance.Tests.Recording;

/// <summary>Each requirement is checked or has a reason, and nothing is checked that the catalogue does not have.</summary>
public sealed class CatalogueTests
{
    private static readonly string[] Levels = ["MUST", "SHOULD", "MAY", "SEC", "INT"];

    private static readonly string[] Ids = [.. Catalogue.Entries.Select(entry => entry.Id)];

    [Fact]
    public void Names_each_requirement_once()
    {
        Assert.Equal(Ids, Ids.Distinct(StringComparer.Ordinal));
        Assert.All(Catalogue.Entries, entry => Assert.All(
            [entry.Id, entry.Section, entry.Title], text => Assert.True(
                text.Length > 0 && !text.Contains('|', StringComparison.Ordinal), entry.Id)));
        Assert.All(Catalogue.Entries, entry => Assert.Contains(entry.Level, Levels));
    }

    [Fact]
    public async Task Has_a_test_or_a_reason_for_each_requirement()
    {
        var tested = await TestedAsync();

        HasNone(Ids.Except(tested).Except(Catalogue.NotApplicable.Keys));
    }

    [Fact]
    public async Task Tests_no_requirement_that_it_does_not_have() => HasNone((await TestedAsync()).Except(Ids));

    [Fact]
    public async Task Tests_nothing_that_does_not_apply() =>
        HasNone((await TestedAsync()).Intersect(Catalogue.NotApplicable.Keys));

    [Fact]
    public async Task Tests_what_the_service_does_where_it_diverges() =>
        HasNone(Catalogue.Divergences.Keys.Except(await TestedAsync()));

    [Fact]
    public void Gives_reasons_for_its_own_requirements_only() =>
        HasNone(Catalogue.NotApplicable.Keys.Concat(Catalogue.Divergences.Keys).Except(Ids));

    private static void HasNone(IEnumerable<string> ids) => Assert.True(!ids.Any(), string.Join(' ', ids));

    private static async Task<HashSet<string>> TestedAsync() =>
        [.. (await Checks.AllAsync()).SelectMany(check => check.Ids)];
}
