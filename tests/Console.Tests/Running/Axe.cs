using System.Text.Json;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace GrpcDcr.Console.Tests.Running;

/// <summary>axe-core in a window: what it finds wrong on a page.</summary>
/// <remarks>
/// Not by Deque.AxeCore.Playwright, which works too, but takes twice the time: it opens a window more for each page, for results of frames,
/// and there are no frames here. Its mode without that window is obsolete.
/// </remarks>
internal static class Axe
{
    private static readonly string Script = new BundledAxeScriptProvider().GetScript();

    /// <summary>Before the first page of the window.</summary>
    public static Task AddAsync(Window window) => window.Page.AddInitScriptAsync(Script);

    /// <summary>The rules whose result depends on the size of the window and the colors.</summary>
    public static readonly string[] OfLooks =
        ["color-contrast", "link-in-text-block", "meta-viewport", "css-orientation-lock", "scrollable-region-focusable"];

    /// <summary>Every violation, with the element.</summary>
    /// <param name="page">The page.</param>
    /// <param name="rules">The rules; none for all.</param>
    public static async Task<IEnumerable<string>> ViolationsAsync(IPage page, params string[] rules)
    {
        var found = await page.EvaluateAsync<JsonElement>(
            "only => axe.run(document, { resultTypes: ['violations'], ...only && { runOnly: { type: 'rule', values: only } } })",
            rules.Length == 0 ? null : rules);
        Assert.NotEqual(0, found.GetProperty("passes").GetArrayLength());
        return
        [
            .. from violation in found.GetProperty("violations").EnumerateArray()
               from node in violation.GetProperty("nodes").EnumerateArray()
               select $"{violation.GetProperty("id")} {node.GetProperty("html")} {node.GetProperty("failureSummary")}",
        ];
    }
}
