using System.Net;

namespace GrpcDcr.Bench.Load.Drawing;

/// <summary>What the drawings have in common. They follow the reader's choice of light or dark.</summary>
internal static class Svg
{
    public const string End = "</svg>";

    private const string Style =
        """
        <style>
        text { font: 13px sans-serif; fill: #24292f }
        .title { font-weight: bold }
        .grid { stroke: #d0d7de }
        rect { fill: #8c959f } rect.b { fill: #0969da }
        polyline { fill: none; stroke: #8c959f; stroke-width: 2 } polyline.b { stroke: #0969da }
        @media (prefers-color-scheme: dark) {
        text { fill: #c9d1d9 } .grid { stroke: #30363d }
        rect { fill: #6e7681 } rect.b { fill: #58a6ff } polyline { stroke: #6e7681 } polyline.b { stroke: #58a6ff }
        }
        </style>
        """;

    public static string Begin(int width, int height, string title) =>
        $"""
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img">
        <title>{Text(title)}</title>
        {Style}
        <text class="title" x="10" y="22">{Text(title)}</text>

        """;

    /// <summary>The second one is the one that the drawing is about.</summary>
    public static string ClassOf(int index) => index == 1 ? "b" : "a";

    public static string Text(string text) => WebUtility.HtmlEncode(text);
}
