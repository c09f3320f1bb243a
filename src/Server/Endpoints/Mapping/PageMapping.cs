using System.Buffers.Text;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Endpoints.Mapping;

/// <summary><c>page_size</c> and <c>page_token</c> (AIP-158).</summary>
internal static class PageMapping
{
    private const int DefaultSize = 50;

    /// <param name="size">0 means 50.</param>
    /// <param name="token">Empty for the first page.</param>
    /// <param name="tokenLength">Length of the page tokens of this list, in bytes.</param>
    /// <exception cref="RegistrationRefusedException">The size is negative, or the token was not issued for this list.</exception>
    public static PageRequest ToPageRequest(int size, string token, int tokenLength)
    {
        if (size < 0)
        {
            throw Invalid("page_size", "The page_size must not be negative.");
        }

        return new PageRequest(size == 0 ? DefaultSize : size, token.Length == 0 ? null : TokenOf(token, tokenLength));
    }

    /// <summary>The token of the next page; empty on the last page.</summary>
    public static string ToPageToken(this PageToken? token) =>
        token is null ? "" : Base64Url.EncodeToString(token.Bytes.Span);

    private static PageToken TokenOf(string text, int length) => StrictBase64.Url(text) is { } bytes && bytes.Length == length
        ? new PageToken(bytes)
        : throw Invalid("page_token", "The page_token was not issued for this list.");

    private static RegistrationRefusedException Invalid(string field, string problem) =>
        new(new RegistrationFault.InvalidArgument(field, problem));
}
