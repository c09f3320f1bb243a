using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using GrpcDcr.Server.Administration;
using GrpcDcr.Server.Endpoints.Console.Shared;
using GrpcDcr.Server.Errors;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc;

namespace GrpcDcr.Server.Endpoints.Console.Clients;

/// <summary>
/// The answer to an act on many clients. It is sent in parts while the act goes on, so that neither a browser nor a proxy takes it for
/// dead. A view is sent only when all of it is there, so that this one has a mark where the parts go.
/// </summary>
/// <param name="frame">The view.</param>
/// <param name="kind">The act.</param>
/// <param name="count">How many clients.</param>
/// <param name="results">What happened to each, with the first one read.</param>
/// <param name="hasFirst">Whether there is a first one.</param>
internal sealed class BatchAnswer(
    ViewResult frame, BatchActKind kind, int count, IAsyncEnumerator<BatchResult> results, bool hasFirst) : IActionResult
{
    /// <summary>Where the parts go.</summary>
    public static readonly IHtmlContent Mark = new HtmlString(MarkText);

    private const string MarkText = "<!--parts-->";

    /// <summary>Clients after which a part is sent.</summary>
    private const int Period = 50;

    public async Task ExecuteResultAsync(ActionContext context)
    {
        var http = context.HttpContext;
        var around = (await RenderAsync(context)).Split(MarkText);
        await using var writer = new StreamWriter(
            http.Response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        await writer.WriteAsync(around[0]);
        await WritePartsAsync(writer, http.RequestAborted);
        await writer.WriteAsync(around[1]);
    }

    private async Task<string> RenderAsync(ActionContext context)
    {
        var response = context.HttpContext.Response;
        var body = response.Body;
        using var rendered = new MemoryStream();
        response.Body = rendered;
        try
        {
            await frame.ExecuteResultAsync(context);
        }
        finally
        {
            response.Body = body;
        }

        return Encoding.UTF8.GetString(rendered.GetBuffer(), 0, (int)rendered.Length);
    }

    private async Task WritePartsAsync(StreamWriter writer, CancellationToken cancellationToken)
    {
        var (succeeded, refused) = (0, 0);
        await writer.WriteAsync("<ul>\n");
        await ReportAsync(0);
        for (var isThere = hasFirst; isThere; isThere = await results.MoveNextAsync())
        {
            if (results.Current is { Fault: { } fault, ClientId: var client })
            {
                refused++;
                await writer.WriteAsync(TextOf(client, fault));
            }
            else
            {
                succeeded++;
            }

            if ((succeeded + refused) % Period == 0)
            {
                await ReportAsync(succeeded + refused);
            }
        }

        await writer.WriteAsync(
            $"</ul>\n<p class=\"notice\" role=\"status\">Done: {NumberOf(succeeded)} {kind.Done}, {NumberOf(refused)} refused.</p>\n");

        async Task ReportAsync(int done)
        {
            await writer.WriteAsync($"<li class=\"quiet\">{NumberOf(done)} of {NumberOf(count)}</li>\n");
            await writer.FlushAsync(cancellationToken);
        }
    }

    private static string TextOf(string client, RegistrationFault fault)
    {
        var text = new StringWriter(CultureInfo.InvariantCulture);
        new HtmlContentBuilder()
            .AppendHtml("<li><a href=\"/console/clients/").Append(Uri.EscapeDataString(client)).AppendHtml("\">")
            .AppendHtml(VisibleText.Of(client)).AppendHtml("</a>: ").Append(fault.Reason).AppendHtml(". ")
            .AppendHtml(VisibleText.Of(fault.Description)).AppendHtml("</li>\n")
            .WriteTo(text, HtmlEncoder.Default);
        return text.ToString();
    }

    private static string NumberOf(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
