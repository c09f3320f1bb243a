using System.Net;
using System.Reflection;
using GrpcDcr.Console.Tests.Running;
using GrpcDcr.Server.Endpoints.Console.Shared;
using GrpcDcr.Server.Endpoints.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace GrpcDcr.Console.Tests;

/// <summary>Who may use which page, found in the routes and the models.</summary>
public sealed class PageGuardTests(SampleConsole console)
{
    private static readonly string[] WithoutSession = ["/console/sign-in", "/console/sign-out"];

    [Fact]
    public void Every_page_has_the_policy_of_the_methods_it_stands_for()
    {
        var pages = ConsoleRoutes.All(console.Server.Services).ToList();
        Assert.NotEmpty(pages);
        foreach (var page in pages)
        {
            var (path, model) = (ConsoleRoutes.TemplateOf(page), PageModels.Of(page.Metadata.GetRequiredMetadata<PageActionDescriptor>()));
            var policy = page.Metadata.GetMetadata<IAuthorizeData>()?.Policy;
            Assert.Equal(Listener.Admin, page.Metadata.GetMetadata<Listener>());
            if (WithoutSession.Contains(path))
            {
                Assert.Equal(Policies.Everybody, policy);
                continue;
            }

            var methods = model.GetCustomAttribute<StandsForAttribute>()?.Methods.ToList() ?? [];
            Assert.True(methods.Count > 0, $"{path} stands for nothing.");
            Assert.All(methods, method => Assert.Equal(Policies.InSession(Policies.Of(method)!), policy));
        }
    }

    [Fact]
    public void Every_model_belongs_to_a_page()
    {
        var models = typeof(ConsolePage).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(PageModel)) && !type.IsAbstract);
        var mapped = ConsoleRoutes.All(console.Server.Services)
            .Select(page => PageModels.Of(page.Metadata.GetRequiredMetadata<PageActionDescriptor>()));
        Assert.Equal(models.ToHashSet(), mapped.ToHashSet());
    }

    /// <summary>What a page binds in another way, the check of unknown fields would not see.</summary>
    [Fact]
    public async Task Every_page_binds_the_query_the_form_and_the_route_by_name_and_nothing_else()
    {
        var loader = console.Server.Services.GetRequiredService<PageLoader>();
        foreach (var page in ConsoleRoutes.All(console.Server.Services))
        {
            var compiled = await loader.LoadAsync(page.Metadata.GetRequiredMetadata<PageActionDescriptor>(), page.Metadata);
            Assert.Equal(PageModels.Of(compiled), compiled.ModelTypeInfo!.AsType());
            Assert.All(compiled.BoundProperties, property =>
            {
                Assert.True(property.BindingInfo?.BindingSource is { Id: "Query" or "Form" or "Path" }, property.Name);
                Assert.NotNull(property.BindingInfo!.BinderModelName);
            });
            Assert.All(compiled.HandlerMethods, handler =>
            {
                Assert.Null(handler.Name);
                Assert.All(handler.Parameters, parameter => Assert.Equal(typeof(CancellationToken), parameter.ParameterType));
            });
        }
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task Without_a_session_every_page_leads_to_signing_in(string method)
    {
        using var visitor = new Visitor(console.Server.AdminAddress);
        foreach (var page in ConsoleRoutes.All(console.Server.Services).Where(page => ConsoleRoutes.Has(page, method)
            && !WithoutSession.Contains(ConsoleRoutes.TemplateOf(page))))
        {
            var path = ConsoleRoutes.PathOf(page, console);
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            var answer = await visitor.SendAsync(request);
            Assert.Equal(303, (int)answer.Status);
            Assert.StartsWith("/console/sign-in", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_role_that_may_not_use_a_page_is_refused_there()
    {
        foreach (var (role, token) in new[] { (Roles.Viewer, SampleConsole.ViewerToken), (Roles.Approver, SampleConsole.ApproverToken) })
        {
            using var visitor = await Visitor.SignedInAsync(console.Server, token);
            var policies = console.Server.Services.GetRequiredService<IAuthorizationPolicyProvider>();
            foreach (var page in ConsoleRoutes.All(console.Server.Services)
                .Where(page => !WithoutSession.Contains(ConsoleRoutes.TemplateOf(page))))
            {
                var policy = await policies.GetPolicyAsync(page.Metadata.GetRequiredMetadata<IAuthorizeData>().Policy!);
                var mayUse = CallAuthorization.RolesOf(policy!).Contains(role);
                foreach (var method in page.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods)
                {
                    using var request = new HttpRequestMessage(new HttpMethod(method), ConsoleRoutes.PathOf(page, console));
                    var answer = await visitor.SendAsync(request);
                    Assert.True(
                        (answer.Status == HttpStatusCode.Forbidden) == !mayUse, $"{role} {method} {ConsoleRoutes.TemplateOf(page)}");
                }
            }
        }
    }
}
