using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Tests.Architecture;

/// <summary>
/// The modules of <c>docs/architecture.md</c>: which may refer to which. No two folders of the server refer to each other, at any depth,
/// neither directly nor over others.
/// </summary>
public sealed class ModulesTests
{
    private static readonly List<TypeReferences> Compiled = AssemblyReferences.Read(typeof(ClientMetadata).Assembly.Location);

    private static readonly FolderArrows Arrows = new(Floors.Root, [.. Compiled, .. UsingDirectives.Of("src/Server")]);

    [Fact]
    public void No_module_refers_to_one_on_its_own_or_a_higher_floor() =>
        Assert.Equal([], Arrows.Upward(Floors.OfModules).Select(Arrows.Describe));

    [Fact]
    public void No_folders_refer_to_each_other() =>
        Assert.Equal([], Arrows.InCircles.Select(Arrows.Describe));

    [Fact]
    public void All_folders_of_the_server_have_a_floor()
    {
        var modules = Compiled.Select(type => type.Type)
            .Where(type => type.StartsWith(Floors.Root + ".", StringComparison.Ordinal))
            .Select(type => type[(Floors.Root.Length + 1)..].Split('.')[0]);
        Assert.Equal([], modules.Except(Floors.OfModules.Keys));
    }

    /// <summary>If the reader of assemblies were blind, the other tests would prove nothing.</summary>
    [Theory]
    [InlineData("Hosting", "Endpoints")]
    [InlineData("Endpoints", "Registration")]
    [InlineData("Registration", "Validation")]
    [InlineData("Validation", "Policy")]
    [InlineData("Policy", "Syntax")]
    [InlineData("Storage", "Model")]
    [InlineData("Storage/LiteDb", "Storage/Writes")]
    [InlineData("Storage/Postgres", "Storage/Writes")]
    [InlineData("Storage/LiteDb/Commit", "Storage/LiteDb/Journal")]
    public void Sees_the_arrows_there_are(string from, string to) => Assert.Contains(new FolderArrow(from, to), Arrows.All.Keys);

    [Fact]
    public void The_model_is_immutable() =>
        Assert.Equal([], Immutability.SettableProperties(typeof(ClientMetadata).Assembly, Floors.Root + ".Model"));

    [Fact]
    public void Nothing_of_the_server_is_public_but_program() => Assert.Equal(
        [], typeof(ClientMetadata).Assembly.GetExportedTypes().Where(type => type.Name != "Program").Select(type => type.FullName));
}
