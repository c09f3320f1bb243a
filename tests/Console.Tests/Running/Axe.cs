using System.Text.Json;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace GrpcDcr.Console.Tests.Running;

/// <summary>axe-core in a window: what it finds wrong on a page. (Deque's own way opens two more windows for each page.)</summary>
internal static class Axe
{
    private static readonly string Script = new BundledAxeScriptProvider().GetScript();

    /// <summary>Before the first page of the window.</summary>
    public static Task AddAsync(Window window) => window.Page.AddInitScriptAsync(Script);

    /// <summary>Every violation, with the element.</summary>
    public static async Task<IEnumerable<string>> ViolationsAsync(IPage page)
    {
        var found = await page.EvaluateAsync<JsonElement>("axe.run(document, { resultTypes: ['violations'] })");
        Assert.NotEqual(0, found.GetProperty("passes").GetArrayLength());
        return
        [
            .. from violation in found.GetProperty("violations").EnumerateArray()
               from node in violation.GetProperty("nodes").EnumerateArray()
               select $"{violation.GetProperty("id")} {node.GetProperty("html")} {node.GetProperty("failureSummary")}",
        ];
    }
}
