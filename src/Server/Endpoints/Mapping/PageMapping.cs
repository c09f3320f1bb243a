using System.Buffers.Text;
using System.Security.Cryptography;
using Google.Protobuf;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Endpoints.Mapping;

/// <summary>
/// <c>page_size</c> and <c>page_token</c> (AIP-158). A token is for the request that it was issued for: one with other filters or another
/// order would skip entries without a word.
/// </summary>
internal static class PageMapping
{
    private const int DefaultSize = 50;

    /// <summary>Bytes of the key of a client: an identifier.</summary>
    private const int ClientKeyLength = 16;

    /// <summary>Bytes of the key of an initial access token: an identifier.</summary>
    private const int TokenKeyLength = 16;

    /// <summary>Bytes of the key of an audit event: a sequence.</summary>
    private const int EventKeyLength = 8;

    /// <summary>Bytes of a token that say which request it was issued for.</summary>
    private const int BindingLength = 8;

    /// <param name="request">
    /// A request to list something. A <c>page_size</c> of 0 means 50, an empty <c>page_token</c> the first page.
    /// </param>
    /// <param name="keyLength">Length of the keys of this list, in bytes.</param>
    /// <param name="order">The order of the list.</param>
    /// <exception cref="RegistrationRefusedException">The size is negative, or the token was not issued for this request.</exception>
    public static PageRequest ToPageRequest(this IMessage request, int keyLength, ListOrder order = ListOrder.OldestFirst)
    {
        var size = (int)Field(request, "page_size").GetValue(request);
        if (size < 0)
        {
            throw Invalid("page_size", "The page_size must not be negative.");
        }

        var token = (string)Field(request, "page_token").GetValue(request);
        return new PageRequest(size == 0 ? DefaultSize : size, token.Length == 0 ? null : TokenOf(token, request, keyLength), order);
    }

    /// <summary>The page of a list of clients, whose keys are identifiers.</summary>
    /// <exception cref="RegistrationRefusedException">As for other lists; or the order does not exist.</exception>
    public static PageRequest ToClientPageRequest(this Admin.V1.ListClientsRequest request) =>
        request.ToPageRequest(ClientKeyLength, request.Order.ToModel());

    /// <summary>The page of a list of initial access tokens, whose keys are identifiers.</summary>
    /// <exception cref="RegistrationRefusedException">As for other lists.</exception>
    public static PageRequest ToTokenPageRequest(this Admin.V1.ListInitialAccessTokensRequest request) =>
        request.ToPageRequest(TokenKeyLength);

    /// <summary>The page of a list of audit events, whose keys are sequences.</summary>
    /// <exception cref="RegistrationRefusedException">As for other lists; or the order does not exist.</exception>
    public static PageRequest ToEventPageRequest(this Admin.V1.ListAuditEventsRequest request) =>
        request.ToPageRequest(EventKeyLength, request.Order.ToModel());

    /// <summary>The token of the next page; empty on the last page.</summary>
    /// <param name="token">Where the page ends.</param>
    /// <param name="request">The request.</param>
    public static string ToPageToken(this PageToken? token, IMessage request) =>
        token is null ? "" : Base64Url.EncodeToString([.. token.Bytes.Span, .. BindingOf(request)]);

    public static ListOrder ToModel(this Admin.V1.ListOrder order) => order switch
    {
        Admin.V1.ListOrder.Unspecified or Admin.V1.ListOrder.NewestFirst => ListOrder.NewestFirst,
        Admin.V1.ListOrder.OldestFirst => ListOrder.OldestFirst,
        _ => throw Invalid("order", "The order must be one of NEWEST_FIRST, OLDEST_FIRST."),
    };

    private static PageToken TokenOf(string text, IMessage request, int keyLength) =>
        StrictBase64.Url(text) is { } bytes
        && bytes.Length == keyLength + BindingLength
        && bytes.AsSpan(keyLength).SequenceEqual(BindingOf(request))
            ? new PageToken(bytes.AsMemory(0, keyLength))
            : throw Invalid("page_token", "The page_token was not issued for this list with this filter and order.");

    /// <summary>Identifies all of a request but the page.</summary>
    private static byte[] BindingOf(IMessage request)
    {
        var others = request.Descriptor.Parser.ParseFrom(request.ToByteArray());
        Field(others, "page_size").Clear(others);
        Field(others, "page_token").Clear(others);
        var name = System.Text.Encoding.UTF8.GetBytes(request.Descriptor.FullName);
        return SHA256.HashData([.. name, .. others.ToByteArray()])[..BindingLength];
    }

    private static Google.Protobuf.Reflection.IFieldAccessor Field(IMessage message, string name) =>
        message.Descriptor.FindFieldByName(name).Accessor;

    private static RegistrationRefusedException Invalid(string field, string problem) =>
        new(new RegistrationFault.InvalidArgument(field, problem));
}
