namespace GrpcDcr.Server.Syntax;

/// <summary>One way in which client metadata breaks a rule.</summary>
/// <param name="Member">The name of the member in the JSON document.</param>
/// <param name="Description">
/// What was wrong and what is allowed, in the characters of RFC 6749 appendix A.8, fit for <c>error_description</c>.
/// </param>
/// <param name="Inside">The position in the member, such as <c>[1]</c>; empty for the member as a whole.</param>
internal sealed record Violation(string Member, string Description, string Inside = "")
{
    /// <summary>The path in the JSON document: <c>redirect_uris[1]</c>.</summary>
    public string Path => Member + Inside;
}
