using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace GrpcDcr.Console.Tests.Running;

/// <summary>The pages of the console, from the routes of the service.</summary>
internal static partial class ConsoleRoutes
{
    public static IEnumerable<RouteEndpoint> All(IServiceProvider services) => services.GetRequiredService<EndpointDataSource>().Endpoints
        .OfType<RouteEndpoint>().Where(endpoint => endpoint.Metadata.GetMetadata<PageActionDescriptor>() is not null);

    public static bool Has(RouteEndpoint page, string method) =>
        page.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains(method) == true;

    public static string TemplateOf(RouteEndpoint page) => "/" + page.RoutePattern.RawText;

    /// <summary>The path of a page about a sample.</summary>
    public static string PathOf(RouteEndpoint page, SampleConsole console) =>
        PathOf(page, (template, parameter) => (template, parameter) switch
        {
            ("/console/clients/{client_id}/reinstate", "{client_id}") => console.Suspended,
            (_, "{client_id}") => console.Updated,
            (_, "{initial_access_token_id}") => console.Token,
            (_, "{block_rule_id}") => console.BlockRule,
            _ => throw new ArgumentException($"There is no sample for {parameter} of {template}."),
        });

    /// <param name="page">The page.</param>
    /// <param name="sample">The value for a template and one of its parameters.</param>
    public static string PathOf(RouteEndpoint page, Func<string, string, string> sample) =>
        Parameter().Replace(TemplateOf(page), parameter => sample(TemplateOf(page), parameter.Value));

    /// <summary>Every page, and what shows other things: other clients, refusals and results.</summary>
    public static IEnumerable<string> PathsOf(SampleConsole console) =>
    [
        $"/console/clients/{console.Pending}",
        $"/console/clients/{console.Suspended}",
        $"/console/clients/{console.Suspended}/approve",
        $"/console/clients/{console.Deleted}",
        "/console/clients?filter.name_prefix=Bank&filter.owner=x",
        "/console/clients?filter.redirect_host=https://x/&filter.state=x&filter.issue_start_time=x",
        "/console/clients/batch-delete?filter.state=SUSPENDED&filter.name_contains=bank",
        .. All(console.Server.Services).Where(page => Has(page, "GET")).Select(page => PathOf(page, console)),
        "/console/no-such-page",
        "/console?frobnicate=1",
    ];

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Parameter();
}
