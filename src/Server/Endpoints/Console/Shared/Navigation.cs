namespace GrpcDcr.Server.Endpoints.Console.Shared;

/// <summary>The links at the top of every page, in order.</summary>
internal sealed record Navigation(IReadOnlyList<NavigationLink> Links);

/// <param name="Title">Of the link.</param>
/// <param name="Path">Of the page.</param>
/// <param name="Model">The model of the page: who may not use it does not see the link.</param>
internal sealed record NavigationLink(string Title, string Path, Type Model);
