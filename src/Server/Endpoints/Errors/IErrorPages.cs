using GrpcDcr.Server.Errors;

namespace GrpcDcr.Server.Endpoints.Errors;

/// <summary>Writes refusals as pages for people. A feature of requests that browsers send.</summary>
internal interface IErrorPages
{
    Task WriteAsync(HttpContext http, RegistrationFault fault);

    /// <summary>For refusals of the framework, which have a status but no fault and no body.</summary>
    Task WriteBareAsync(HttpContext http);
}
