using System.Text.RegularExpressions;

namespace GrpcDcr.Integration.Tests.Sdk;

public sealed partial class ReadmeTests
{
    [Fact]
    public void The_readme_prints_the_program_that_is_compiled_here()
    {
        var printed = CodeBlock().Match(Read("README.md")).Groups["code"].Value;
        Assert.Equal(CompiledProgram(), printed);
    }

    private static string CompiledProgram()
    {
        var regions = Region().Matches(Read("ReadmeSnippet.cs")).Select(m => Unindented(m.Groups["code"].Value));
        return string.Join("\n", regions);
    }

    private static string Unindented(string code)
    {
        var depth = code.Length - code.TrimStart(' ').Length;
        return string.Concat(code.Split('\n').SkipLast(1).Select(line => (line.Length < depth ? line : line[depth..]) + "\n"));
    }

    private static string Read(string file) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, file)).ReplaceLineEndings("\n");

    [GeneratedRegex("```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex("^ *// <snippet>\n(?<code>.*?)^ *// </snippet>", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Region();
}
