namespace GrpcDcr.Server.Tests.Architecture;

/// <summary>
/// The checks of <see cref="ModulesTests"/> fail where they must: on arrows that are planted, in a list and in this assembly.
/// </summary>
public sealed class PlantedArrowTests
{
    private const string Root = "GrpcDcr.Server.Tests.Architecture.Planted";

    private static readonly Dictionary<string, int> TwoFloors = new(StringComparer.Ordinal) { ["High"] = 2, ["Low"] = 1, ["AlsoLow"] = 1 };

    private static readonly List<TypeReferences> OwnTypes = AssemblyReferences.Read(typeof(PlantedArrowTests).Assembly.Location);

    [Theory]
    [InlineData("Low.A", "High.B", "Low -> High: Low.A -> High.B")]
    [InlineData("Low.A", "AlsoLow.B", "Low -> AlsoLow: Low.A -> AlsoLow.B")]
    [InlineData("Low.A", "Unknown.B", "Low -> Unknown: Low.A -> Unknown.B")]
    [InlineData("Unknown.A", "Low.B", "Unknown -> Low: Unknown.A -> Low.B")]
    [InlineData("Low.Deep.A", "High.Deep.B", "Low -> High: Low.Deep.A -> High.Deep.B")]
    public void An_upward_arrow_is_seen(string from, string to, string described)
    {
        var arrows = Of((from, to));
        Assert.Equal([described], arrows.Upward(TwoFloors).Select(arrows.Describe));
    }

    [Fact]
    public void An_arrow_to_a_lower_floor_is_none_of_them()
    {
        var arrows = Of(("High.A", "Low.B"), ("High.Deep.A", "Low.Deep.B"), ("Low.A", "Low.B"), ("Low.A", "Low.Deep.B"));
        Assert.Empty(arrows.Upward(TwoFloors));
        Assert.Empty(arrows.InCircles);
    }

    [Fact]
    public void Folders_that_refer_to_each_other_are_seen_at_every_depth()
    {
        Assert.Equal(
            [new("High/One", "High/Two"), new("High/Two", "High/One")],
            Of(("High.One.A", "High.Two.B"), ("High.Two.Deep.C", "High.One.Deep.D")).InCircles);
        Assert.Equal(
            [new("High/.", "High/One"), new("High/One", "High/.")],
            Of(("High.A", "High.One.B"), ("High.One.Deep.C", "High.D")).InCircles);
    }

    [Fact]
    public void A_circle_over_a_third_folder_is_seen() => Assert.Equal(
        [new("High/One", "High/Two"), new("High/Three", "High/One"), new("High/Two", "High/Three")],
        Of(
            ("High.One.A", "High.Two.A"), ("High.Two.A", "High.Three.A"), ("High.Three.A", "High.One.A"),
            ("High.One.A", "High.Four.A")).InCircles);

    [Theory]
    [InlineData("Plain", false)]
    [InlineData("ByBase", true)]
    [InlineData("ByField", true)]
    [InlineData("BySignature", true)]
    [InlineData("ByCode", true)]
    [InlineData("ByGenericMethod", true)]
    [InlineData("ByAttribute", true)]
    [InlineData("ByConstraint`1", true)]
    public void An_assembly_is_read_in_all_places_where_a_type_can_stand(string type, bool refers) => Assert.Equal(
        refers,
        OwnTypes.Single(t => t.Type == $"{Root}.High.{type}").References.Any(r => r.StartsWith(Root + ".Low.", StringComparison.Ordinal)));

    [Fact]
    public void The_arrows_planted_in_this_assembly_are_seen()
    {
        var arrows = new FolderArrows(Root, OwnTypes);
        Assert.Equal([new FolderArrow("Low", "High")], arrows.Upward(TwoFloors));
        Assert.Equal(
            [new("High", "Low"), new("Low", "High"), new("Low/.", "Low/Deep"), new("Low/Deep", "Low/.")],
            arrows.InCircles);
    }

    private static FolderArrows Of(params (string From, string To)[] references) =>
        new("Root", references.Select(r => new TypeReferences("Root." + r.From, ["Root." + r.To])));
}
