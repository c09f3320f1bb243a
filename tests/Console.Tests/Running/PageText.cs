using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Console.Tests.Running;

/// <summary>What tests look for in a page.</summary>
internal static class PageText
{
    /// <summary>The value of an input; empty if it has none.</summary>
    public static string ValueOf(this string page, string name)
    {
        var input = Regex.Match(page, $"<input [^>]*name=\"{Regex.Escape(name)}\"[^>]*>").Value;
        return WebUtility.HtmlDecode(Regex.Match(input, " value=\"([^\"]*)\"").Groups[1].Value);
    }

    /// <summary>The text of the first element of a class.</summary>
    public static string TextIn(this Answer answer, string element, string style) =>
        WebUtility.HtmlDecode(Regex.Match(answer.Body, $"<{element} class=\"{style}\">([^<]*)<").Groups[1].Value);

    /// <summary>The text of the page without its tags, and with single spaces.</summary>
    public static string Visible(this Answer answer) =>
        Regex.Replace(WebUtility.HtmlDecode(Regex.Replace(answer.Body, "<[^>]*>", " ")), @"\s+", " ");

    /// <summary>The label of an initial access token.</summary>
    public static string? Label(this JsonElement token) => token.TryGetProperty("label", out var label) ? label.GetString() : null;
}
