using GrpcDcr.Server.Endpoints.Console.Assets;
using GrpcDcr.Server.Endpoints.Console.Clients;
using GrpcDcr.Server.Endpoints.Console.Sessions;
using GrpcDcr.Server.Endpoints.Console.Shared;
using GrpcDcr.Server.Endpoints.Security;
using GrpcDcr.Server.Telemetry;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace GrpcDcr.Server.Endpoints.Console;

/// <summary>The console: Razor Pages of the admin listener, under <c>/console</c>.</summary>
internal static class ConsoleExtensions
{
    private const string Root = SessionCookie.Path;

    public static void AddConsole(this IServiceCollection services, ConsoleOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<ConsoleAssets>();
        services.AddSingleton<Permissions>();
        services.AddSingleton<Views>();
        services.AddSingleton<ErrorPages>();
        services.AddSingleton<ConsoleResponses>();
        services.AddSingleton<TokenSessions>();
        services.AddSingleton<ClientReviews>();
        services.AddSingleton(new Navigation(
        [
            new("Pending", Root, typeof(PendingModel)),
            new("Clients", Root + "/clients", typeof(SearchModel)),
            new("Initial access tokens", Root + "/tokens", typeof(Tokens.ListModel)),
            new("Block rules", Root + "/blocks", typeof(Blocks.ListModel)),
            new("Audit log", Root + "/audit", typeof(AuditLog.EventsModel)),
            new("Registration", Root + "/registration", typeof(Registering.StatusModel)),
            new("Health", Root + "/health", typeof(Health.StatusModel)),
        ]));
        services.AddSingleton<RecentFigures>();
        services.AddRazorPages(pages => pages.RootDirectory = "/Endpoints/Console").AddMvcOptions(mvc =>
        {
            mvc.Filters.Add<StrictFields>();
            mvc.Filters.Add<AntiforgeryRefusal>();
            mvc.SuppressImplicitRequiredAttributeForNonNullableReferenceTypes = true;
        }).ConfigureApplicationPartManager(parts =>
        {
            // Whatever program has this service in it.
            parts.ApplicationParts.Clear();
            parts.ApplicationParts.Add(new CompiledRazorAssemblyPart(typeof(ConsoleExtensions).Assembly));
        });
        services.Configure<CookieTempDataProviderOptions>(notices =>
        {
            notices.Cookie.Name = ConsolePage.NoticeCookie;
            SessionCookie.Restrict(notices.Cookie);
        });
        services.AddSessions();
    }

    /// <summary>What holds for every request below <c>/console</c>. Before routing.</summary>
    public static void UseConsole(this IApplicationBuilder app)
    {
        if (app.ApplicationServices.GetService<ConsoleResponses>() is { } console)
        {
            app.UseWhen(
                http => http.Features.Get<Listener>() == Listener.Admin && http.Request.Path.StartsWithSegments(Root),
                pages => pages.Use(console.InvokeAsync));
        }
    }

    public static void MapConsole(this WebApplication app)
    {
        if (app.Services.GetService<ConsoleAssets>() is { } assets)
        {
            // It counts from now on.
            _ = app.Services.GetRequiredService<RecentFigures>();
            assets.Map(app);
            app.Services.GetService<ProviderSignIn>()?.Map(app);
            app.MapRazorPages().Add(endpoint =>
            {
                var model = PageModels.Of(endpoint.Metadata.OfType<PageActionDescriptor>().Single());
                endpoint.Metadata.Add(Listener.Admin);
                endpoint.Metadata.Add(new AuthorizeAttribute(PageModels.PolicyOf(model)));
                endpoint.Metadata.Add(new HttpMethodMetadata(PageModels.MethodsOf(model)));
            });
        }
    }

    private static void AddSessions(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("GrpcDcr");
        services.AddAuthentication().AddCookie(Policies.SessionScheme, _ => { });
        services.AddOptions<CookieAuthenticationOptions>(Policies.SessionScheme)
            .Configure<ConsoleOptions, TokenSessions>(SessionCookie.Configure);
        services.Configure<AntiforgeryOptions>(forms =>
        {
            forms.Cookie.Name = "grpcdcr-antiforgery";
            SessionCookie.Restrict(forms.Cookie);
            forms.SuppressXFrameOptionsHeader = true;
        });
    }
}
