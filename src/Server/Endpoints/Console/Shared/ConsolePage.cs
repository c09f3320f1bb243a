using System.Reflection;
using Google.Protobuf;
using GrpcDcr.Server.Audit;
using GrpcDcr.Server.Endpoints.Errors;
using GrpcDcr.Server.Endpoints.Security;
using GrpcDcr.Server.Endpoints.Mapping;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Syntax;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace GrpcDcr.Server.Endpoints.Console.Shared;

/// <summary>The base of the models of pages.</summary>
internal abstract class ConsolePage : PageModel
{
    /// <summary>The cookie that takes the notice to the next page.</summary>
    public const string NoticeCookie = "grpcdcr-notice";

    /// <summary>The key under which the next page finds what was done.</summary>
    public const string NoticeKey = "notice";

    /// <summary>The query parameter with the end of the page before.</summary>
    protected const string PageTokenField = "page_token";

    /// <summary>What is wrong with the form that was sent; empty if nothing is, or if none was sent.</summary>
    public IReadOnlyList<Violation> Problems { get; protected set; } = [];

    /// <summary>An act of the user. Empty texts count as absent.</summary>
    protected ActRequest Act(string? reason = null, string? publicReason = null, string? etag = null, string? requestId = null) =>
        CallOrigin.ActOf(HttpContext, reason ?? "", publicReason ?? "", etag ?? "", requestId ?? "");

    /// <summary>Does what the user asked for. If it is refused, the page is shown again with what is wrong.</summary>
    protected async Task<IActionResult> ActAsync(Func<Task<IActionResult>> act)
    {
        try
        {
            return await act();
        }
        catch (RegistrationRefusedException refused) when (FaultTable.RowOf(refused.Fault).Http < StatusCodes.Status500InternalServerError)
        {
            return Again(
                refused.Fault is RegistrationFault.InvalidArgument argument
                    ? argument.Violations
                    : [new Violation("", refused.Fault.Description)],
                FaultTable.RowOf(refused.Fault).Http);
        }
    }

    /// <summary>Shows the page again with what is wrong.</summary>
    protected IActionResult Again(IReadOnlyList<Violation> problems, int status = StatusCodes.Status400BadRequest)
    {
        Response.StatusCode = status;
        Problems = problems;
        return Page();
    }

    /// <summary>Goes on to a page by GET, which says what was done.</summary>
    protected IActionResult SeeOther(string path, string? notice = null)
    {
        if (notice is not null)
        {
            TempData[NoticeKey] = notice;
        }

        Response.Headers.Location = path;
        return StatusCode(StatusCodes.Status303SeeOther);
    }

    /// <summary>The fields of a form with the filters of this page, in the order of their texts.</summary>
    /// <param name="texts">By parameter. Parameters of pages have none.</param>
    /// <exception cref="KeyNotFoundException">A filter has no text.</exception>
    protected IReadOnlyList<Field> FilterFields(IReadOnlyDictionary<string, FilterText> texts)
    {
        var fields = GetType().GetCustomAttribute<QueryOfAttribute>()!.Parameters
            .Where(parameter => parameter.Key is not ("page_size" or PageTokenField))
            .ToDictionary(parameter => parameter.Key, parameter => Field.Of(
                parameter.Key, parameter.Value, texts[parameter.Key], Request.Query[parameter.Key].ToString(), Problems));
        return [.. texts.Keys.Select(name => fields[name])];
    }

    /// <summary>The address of this page with these parameters in place of its own. Those without a text are left out.</summary>
    protected string PathWith(params IReadOnlyCollection<(string Name, string? Text)> others) => Request.Path + QueryString.Create(
        Request.Query.Where(own => others.All(other => other.Name != own.Key))
            .SelectMany(own => own.Value, (own, text) => (Name: own.Key, Text: text))
            .Concat(others)
            .Where(parameter => !string.IsNullOrEmpty(parameter.Text))
            .Select(parameter => KeyValuePair.Create(parameter.Name, parameter.Text)));

    /// <summary>The address of the next page of the list; <see langword="null"/> on the last one.</summary>
    /// <param name="token">Where this page ends.</param>
    /// <param name="request">What was listed.</param>
    protected string? NextPathOf(PageToken? token, IMessage request) =>
        token.ToPageToken(request) is { Length: > 0 } next ? PathWith((PageTokenField, next)) : null;
}
