namespace GrpcDcr.Server.Syntax;

/// <summary>https URIs that a server fetches, posts to, or redirects browsers to.</summary>
internal static class HttpsUri
{
    /// <summary>What is wrong with the URI, worded to follow the name of its member, or <see langword="null"/>.</summary>
    internal static string? Fault(string uri, int longest)
    {
        var fault = UriSyntax.LengthFault(uri, longest) ?? UriSyntax.CharacterFault(uri);
        if (fault is not null)
        {
            return fault;
        }

        var text = UriText.Split(uri);
        return !UriSchemes.IsHttps(text.Scheme) ? "is not an absolute https URI"
            : text.HasFragment ? "has a fragment; none is allowed"
            : UriSyntax.AuthorityFault(text);
    }
}
