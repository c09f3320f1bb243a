using System.Reflection;
using GrpcDcr.Server.Endpoints.Security;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace GrpcDcr.Server.Endpoints.Console.Shared;

/// <summary>What the model of a page says about it: the model of <c>Clients/Search.cshtml</c> is <c>Clients.SearchModel</c>.</summary>
internal static class PageModels
{
    /// <summary>The namespace of the root of the content.</summary>
    private const string Root = "GrpcDcr.Server";

    private static readonly (string Method, string[] Handlers)[] Handled =
    [
        (HttpMethods.Get, ["OnGet", "OnGetAsync"]),
        (HttpMethods.Post, ["OnPost", "OnPostAsync"]),
    ];

    /// <exception cref="InvalidOperationException">The page has no model of that name.</exception>
    public static Type Of(PageActionDescriptor page)
    {
        var name = Root + Path.ChangeExtension(page.RelativePath, null).Replace('/', '.') + "Model";
        return typeof(PageModels).Assembly.GetType(name) ?? throw new InvalidOperationException($"{page.RelativePath} has no {name}.");
    }

    /// <summary>The policy of a page: that of what it stands for.</summary>
    /// <exception cref="InvalidOperationException">The model does not say, or its methods are for different roles.</exception>
    public static string PolicyOf(Type model)
    {
        if (model.GetCustomAttribute<ForEverybodyAttribute>() is not null)
        {
            return Policies.Everybody;
        }

        var policies = (model.GetCustomAttribute<StandsForAttribute>()?.Methods ?? []).Select(Policies.Of).Distinct().ToList();
        return policies is [{ } policy]
            ? Policies.InSession(policy)
            : throw new InvalidOperationException($"{model} does not stand for methods of one policy.");
    }

    /// <summary>The HTTP methods of a page.</summary>
    public static IEnumerable<string> MethodsOf(Type model) => Handled
        .Where(row => Array.Exists(row.Handlers, handler => model.GetMethod(handler) is not null))
        .Select(row => row.Method);
}
