using System.Globalization;
using GrpcDcr.TestKit;

namespace GrpcDcr.Server.Tests.RepositoryFiles;

/// <summary>What .editorconfig says about style and no analyzer checks; and the solution.</summary>
public sealed class SourceStyleTests
{
    private const int LongestFile = 250;

    [Theory]
    [InlineData("src")]
    [InlineData("tests")]
    [InlineData("bench")]
    public void No_line_is_longer_than_max_line_length(string folder)
    {
        const string Setting = "max_line_length = ";
        var settings = File.ReadLines(Path.Combine(Repository.Root, ".editorconfig"));
        var setting = Assert.Single(settings, line => line.StartsWith(Setting, StringComparison.Ordinal));
        var most = int.Parse(setting.AsSpan(Setting.Length), NumberStyles.None, CultureInfo.InvariantCulture);

        var tooLong = Lines(folder).Where(line => line.Text.Length > most).Select(line => $"{line.Place} has {line.Text.Length}").ToList();

        Assert.True(tooLong.Count == 0, $"{tooLong.Count} lines have more than {most} columns: {string.Join("; ", tooLong.Take(20))}");
    }

    [Fact]
    public void No_file_of_the_benchmarks_is_longer_than_250_lines() => Assert.Equal(
        [], Repository.Sources("bench").Where(path => File.ReadLines(Path.Combine(Repository.Root, path)).Count() > LongestFile));

    /// <summary>What <c>dotnet sln add</c> adds by itself, and nobody builds.</summary>
    [Fact]
    public void The_solution_is_built_for_any_processor_only()
    {
        var solution = File.ReadAllText(Path.Combine(Repository.Root, "GrpcDcr.sln"));
        Assert.Contains("Release|Any CPU", solution, StringComparison.Ordinal);
        Assert.DoesNotContain("|x64", solution, StringComparison.Ordinal);
        Assert.DoesNotContain("|x86", solution, StringComparison.Ordinal);
    }

    private static IEnumerable<(string Place, string Text)> Lines(string folder) => Repository.Sources(folder).SelectMany(
        path => File.ReadLines(Path.Combine(Repository.Root, path)).Select((line, index) => ($"{path}:{index + 1}", line)));
}
