using GrpcDcr.TestKit;

namespace GrpcDcr.Server.Tests.Architecture;

/// <summary>Files, methods and lines stay small.</summary>
public sealed class SizeTests
{
    private const int LongestFile = 250;
    private const int LongestMethod = 40;
    private const int LongestLine = 140;

    [Theory]
    [InlineData("src")]
    [InlineData("tests")]
    public void No_file_is_longer_than_250_lines(string folder)
    {
        var files = Files(folder);
        Assert.NotEmpty(files);
        Assert.Equal([], files.Where(file => file.Lines.Length > LongestFile).Select(file => file.Name));
    }

    [Fact]
    public void No_method_is_longer_than_40_lines()
    {
        var methods = Files("src")
            .SelectMany(file => MethodLengths.Of(file.Lines).Select(method => (file.Name, method.Signature, method.Lines)))
            .ToList();
        Assert.True(methods.Count > 500, $"Only {methods.Count} methods were found.");
        Assert.Equal([], methods.Where(method => method.Lines > LongestMethod));
    }

    [Fact]
    public void No_line_of_the_server_is_longer_than_140_columns() => Assert.Equal([], Files("src/Server")
        .SelectMany(file => file.Lines.Select((line, i) => (Place: $"{file.Name}:{i + 1}", line.Length)))
        .Where(line => line.Length > LongestLine));

    [Fact]
    public void Lengths_of_methods_are_counted()
    {
        string[] lines =
        [
            "internal sealed class Some(int a)", "{", "    public Some()", "    {", "    }", "",
            "    private static async Task<int> LongAsync(",
            "        int a,",
            "        int b)",
            "    {",
            "        if (a > b)",
            "        {",
            "            return a;",
            "        }",
            "",
            "        return Local(b);",
            "",
            "        int Local(int c)",
            "        {",
            "            return c;",
            "        }",
            "    }",
            "    private sealed class Other",
            "    {",
            "        public int Get()",
            "        {",
            "            return 1;",
            "        }",
            "    }",
            "}",
        ];
        Assert.Equal(
            [("public Some()", 3), ("private static async Task<int> LongAsync(", 16), ("int Local(int c)", 4), ("public int Get()", 4)],
            MethodLengths.Of(lines));
    }

    private static List<(string Name, string[] Lines)> Files(string folder) =>
        [.. Repository.Sources(folder).Select(file => (file, File.ReadAllLines(Path.Combine(Repository.Root, file))))];
}
