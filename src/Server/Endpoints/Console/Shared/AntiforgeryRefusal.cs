using GrpcDcr.Server.Errors;
using Microsoft.AspNetCore.Mvc.Core.Infrastructure;
using Microsoft.AspNetCore.Mvc.Filters;

namespace GrpcDcr.Server.Endpoints.Console.Shared;

/// <summary>Says what a form without a valid antiforgery token means.</summary>
internal sealed class AntiforgeryRefusal : IAlwaysRunResultFilter
{
    /// <exception cref="RegistrationRefusedException">The form has no valid antiforgery token.</exception>
    public void OnResultExecuting(ResultExecutingContext context)
    {
        if (context.Result is IAntiforgeryValidationFailedResult)
        {
            throw new RegistrationRefusedException(new RegistrationFault.MalformedRequest(
                "The form was not sent from a page of this session. Nothing was changed. Open the page again and repeat it there."));
        }
    }

    public void OnResultExecuted(ResultExecutedContext context)
    {
    }
}
