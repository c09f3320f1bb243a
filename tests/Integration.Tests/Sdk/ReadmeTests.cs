using System.Text.RegularExpressions;

namespace GrpcDcr.Integration.Tests.Sdk;

public sealed partial class ReadmeTests
{
    /// <summary>In the order of the README.</summary>
    private static readonly string[] Compiled =
        ["ReadmeSnippet.cs", "BuilderSnippet.cs", "CertificateSnippet.cs", "ChannelSnippet.cs"];

    [Fact]
    public void Everything_in_csharp_that_the_readme_prints_is_compiled_and_run_here() =>
        Assert.Equal(Compiled.Select(CodeOf), CodeBlock().Matches(Read("README.md")).Select(match => match.Groups["code"].Value));

    private static string CodeOf(string file) =>
        string.Join("\n", Region().Matches(Read(file)).Select(match => Unindented(match.Groups["code"].Value)));

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
