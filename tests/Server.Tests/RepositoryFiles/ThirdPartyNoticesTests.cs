using System.Text.Json;
using System.Text.RegularExpressions;
using GrpcDcr.TestKit;

namespace GrpcDcr.Server.Tests.RepositoryFiles;

/// <summary>THIRD-PARTY-NOTICES.md names what the lock files of <c>src</c> name.</summary>
public sealed partial class ThirdPartyNoticesTests
{
    private static readonly string Notices = File.ReadAllText(Path.Combine(Repository.Root, "THIRD-PARTY-NOTICES.md"));

    public static TheoryData<string> LockFiles { get; } = [.. System.IO.Directory
        .EnumerateFiles(Path.Combine(Repository.Root, "src"), "packages.lock.json", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'))
        .Where(path => path.Count(character => character == '/') == 2)];

    [Theory]
    [MemberData(nameof(LockFiles))]
    public void Every_package_of_a_lock_file_has_a_row(string lockFile)
    {
        var rows = Rows().Select(row => (row.Package, row.Version)).ToHashSet();
        var missing = Packages(lockFile).Where(package => !rows.Contains(package)).ToList();
        Assert.True(missing.Count == 0, $"{string.Join(", ", missing)}: not in THIRD-PARTY-NOTICES.md; run eng/notices.mjs");
    }

    [Fact]
    public void Every_row_is_of_a_package_of_a_lock_file()
    {
        var packages = LockFiles.SelectMany(row => Packages(row.Data)).ToHashSet();
        var extra = Rows().Where(row => !packages.Contains((row.Package, row.Version))).Select(row => row.Package).ToList();
        Assert.True(extra.Count == 0, $"{string.Join(", ", extra)}: in THIRD-PARTY-NOTICES.md, but not used; run eng/notices.mjs");
    }

    [Fact]
    public void The_text_of_every_licence_is_there()
    {
        var licences = Rows().Select(row => row.Licence).Append("Unicode-3.0").Distinct().Except(["Apache-2.0"]).ToList();
        Assert.Equal([], licences.Where(licence => !Notices.Contains($"\n### {licence}\n\n```text\n", StringComparison.Ordinal)));
        Assert.Contains("Apache License\n", File.ReadAllText(Path.Combine(Repository.Root, "LICENSE")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("`public_suffix_list.dat`", "MPL-2.0")]
    [InlineData("`look_alikes.txt`", "Unicode-3.0")]
    public void Every_data_file_of_others_has_a_row(string file, string licence) =>
        Assert.Single(
            Notices.Split('\n'),
            line => line.Contains(file, StringComparison.Ordinal) && line.Contains($"| {licence} |", StringComparison.Ordinal));

    private static List<(string Package, string Version)> Packages(string lockFile)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Repository.Root, lockFile)));
        var frameworks = document.RootElement.GetProperty("dependencies").EnumerateObject();
        List<(string, string)> packages = [.. frameworks
            .SelectMany(framework => framework.Value.EnumerateObject())
            .Where(dependency => dependency.Value.GetProperty("type").GetString() != "Project")
            .Select(dependency => (dependency.Name, dependency.Value.GetProperty("resolved").GetString()!))];
        Assert.NotEmpty(packages);
        return packages;
    }

    private static List<(string Package, string Version, string Licence)> Rows() => [.. PackageRow().Matches(Notices)
        .Select(match => (match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value))];

    [GeneratedRegex(@"^\| \[([^]]+)\]\([^)]+\) \| ([0-9][^ ]*) \| ([^ ]+) \|", RegexOptions.Multiline)]
    private static partial Regex PackageRow();
}
