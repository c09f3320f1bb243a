using System.Text.RegularExpressions;

namespace GrpcDcr.TestKit.Service;

/// <summary>Reads <c>WWW-Authenticate: Bearer</c> strictly (RFC 6750 section 3).</summary>
public static partial class Challenge
{
    /// <summary>The parameters, each of which may stand there once.</summary>
    public static Dictionary<string, string> Of(Answer answer)
    {
        var header = Assert.Single(answer.Headers.GetValues("WWW-Authenticate"));
        Assert.StartsWith("Bearer ", header, StringComparison.Ordinal);
        var parameters = header["Bearer ".Length..];
        Assert.Matches(Shape(), parameters);
        return Parameter().Matches(parameters).ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value, StringComparer.Ordinal);
    }

    [GeneratedRegex("""^([a-z_]+="[\x20\x21\x23-\x5B\x5D-\x7E]*"(, |\z))+\z""")]
    private static partial Regex Shape();

    [GeneratedRegex("([a-z_]+)=\"([^\"]*)\"")]
    private static partial Regex Parameter();
}
