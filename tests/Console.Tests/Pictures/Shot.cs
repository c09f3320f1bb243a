using GrpcDcr.Console.Tests.Running;
using Microsoft.AspNetCore.Routing;
using Microsoft.Playwright;

namespace GrpcDcr.Console.Tests.Pictures;

/// <summary>A screenshot of a page.</summary>
/// <param name="Name">Of the file.</param>
/// <param name="Template">The route of the page.</param>
internal sealed record Shot(string Name, string Template)
{
    public const int Wide = 1280;

    /// <summary>Further ones of pages that have one each: in the dark, and on a phone.</summary>
    public static IReadOnlyList<Shot> More { get; } =
    [
        new("pending-dark", "/console") { Scheme = ColorScheme.Dark },
        new("clients-one-dark", "/console/clients/{client_id}") { Scheme = ColorScheme.Dark, MostHeight = 1500 },
        new("health-dark", "/console/health") { Scheme = ColorScheme.Dark, MostHeight = 1200 },
        new("pending-narrow", "/console") { Width = 390, MostHeight = 844 },
    ];

    public int Width { get; init; } = Wide;

    /// <summary>Longer pages are cut off at the bottom.</summary>
    public int MostHeight { get; init; } = 1000;

    public ColorScheme Scheme { get; init; } = ColorScheme.Light;

    /// <summary>What follows the path.</summary>
    public string Query => Template switch
    {
        "/console/clients/batch-approve" => "?filter.state=PENDING&filter.source_network=198.51.100.0/24",
        "/console/clients/batch-reject" => "?filter.state=PENDING&filter.source_network=203.0.113.0/24",
        "/console/clients/batch-delete" => "?filter.state=REJECTED",
        _ => "",
    };

    /// <summary>The one that every page has: <c>clients-one-approve</c> for <c>/console/clients/{client_id}/approve</c>.</summary>
    public static Shot Of(RouteEndpoint page)
    {
        var template = ConsoleRoutes.TemplateOf(page);
        var segments = template.Split('/')[2..].Select(segment => segment.StartsWith('{') ? "one" : segment).ToList();
        return new Shot(segments.Count == 0 ? "pending" : string.Join('-', segments), template)
        {
            MostHeight = template is "/console/clients/{client_id}" or "/console/health" or "/console/registration" ? 1500 : 1000,
        };
    }

    /// <summary>What is done on the page first.</summary>
    public async Task PrepareAsync(IPage page)
    {
        if (Template == "/console/registration/preview")
        {
            await page.GetByLabel("Client metadata").FillAsync("""
                {"client_name": "Museum Guide", "redirect_uris": ["https://museum.example/cb"], "scope": "openid payments"}
                """);
            await page.GetByRole(AriaRole.Button, new() { Name = "Preview" }).ClickAsync();
            await page.GetByText("What would happen", new() { Exact = true }).WaitForAsync();
        }
    }
}
