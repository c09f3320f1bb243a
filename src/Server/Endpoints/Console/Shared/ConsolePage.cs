using GrpcDcr.Server.Audit;
using GrpcDcr.Server.Endpoints.Errors;
using GrpcDcr.Server.Endpoints.Security;
using GrpcDcr.Server.Errors;
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
}
