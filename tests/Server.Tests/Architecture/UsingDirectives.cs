using System.Text.RegularExpressions;
using GrpcDcr.TestKit;

namespace GrpcDcr.Server.Tests.Architecture;

/// <summary>
/// References that source files declare by <c>using</c> directives. They include constants, of which a compiled assembly has no trace; the
/// build allows no directive that is not needed.
/// </summary>
internal static partial class UsingDirectives
{
    public static IEnumerable<TypeReferences> Of(string folder) => Repository.Sources(folder).Select(file =>
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, file));
        var own = Namespace().Match(text).Groups[1].Value;
        var references = Directive().Matches(text).Select(
            directive => directive.Groups["name"].Value + (directive.Groups["type"].Success ? "" : ".*"));
        return new TypeReferences($"{own}.{Path.GetFileNameWithoutExtension(file)}", [.. references]);
    });

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    /// <summary>A namespace, or with <c>static</c> a type.</summary>
    [GeneratedRegex(@"^using (?<type>static )?(?<name>[\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Directive();
}
