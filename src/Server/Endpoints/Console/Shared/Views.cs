using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace GrpcDcr.Server.Endpoints.Console.Shared;

/// <summary>Pages in the layout of the console that are not Razor Pages, because something else answers their request.</summary>
internal sealed class Views(IModelMetadataProvider metadata)
{
    private const string Folder = "/Endpoints/Console/Shared/";

    public Task ShowErrorAsync(HttpContext http, ErrorPage page) => ShowAsync(http, "ErrorPage", page.Status, page);

    public Task ShowStepAsync(HttpContext http, StepPage page)
    {
        if (page.IsFollowed)
        {
            http.Response.Headers["Refresh"] = $"0; url={page.Path}";
        }

        return ShowAsync(http, "StepPage", StatusCodes.Status200OK, page);
    }

    private Task ShowAsync<T>(HttpContext http, string view, int status, T model)
    {
        var result = new ViewResult
        {
            ViewName = $"{Folder}{view}.cshtml",
            StatusCode = status,
            ViewData = new ViewDataDictionary<T>(metadata, new ModelStateDictionary()) { Model = model },
        };
        return result.ExecuteResultAsync(new ActionContext(http, http.GetRouteData(), new ActionDescriptor()));
    }
}

/// <summary>A page on the way to another one.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Text">What happened.</param>
/// <param name="Path">Where it leads, as a header may have it.</param>
/// <param name="Link">The text of the link there.</param>
/// <param name="IsFollowed">Whether the browser goes there by itself.</param>
internal sealed record StepPage(string Title, string Text, string Path, string Link, bool IsFollowed);
