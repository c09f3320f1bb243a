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
    public static string PathOf(RouteEndpoint page, SampleConsole console) => Parameter().Replace(TemplateOf(page), parameter =>
        (TemplateOf(page), parameter.Value) switch
        {
            ("/console/clients/{client_id}/reinstate", "{client_id}") => console.Suspended,
            (_, "{client_id}") => console.Updated,
            (_, "{initial_access_token_id}") => console.Token,
            (_, "{block_rule_id}") => console.BlockRule,
            (var template, var name) => throw new ArgumentException($"There is no sample for {name} of {template}."),
        });

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Parameter();
}
