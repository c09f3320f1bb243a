using Microsoft.AspNetCore.Html;

namespace GrpcDcr.Server.Endpoints.Console.Shared;

/// <summary>A word that stands out.</summary>
internal static class StateBadge
{
    public static IHtmlContent Good(string word) => Of("state active", word);

    public static IHtmlContent Waits(string word) => Of("state pending", word);

    public static IHtmlContent Bad(string word) => Of("state rejected", word);

    public static IHtmlContent Quiet(string word) => Of("state", word);

    private static IHtmlContent Of(string style, string word) =>
        new HtmlContentBuilder().AppendHtml($"<span class=\"{style}\">").Append(word).AppendHtml("</span>");
}
