using System.Reflection;
using GrpcDcr.Server.Endpoints.Http;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Syntax;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace GrpcDcr.Server.Endpoints.Console.Shared;

/// <summary>
/// Refuses a request with a query parameter or form field that its page does not have, or has twice, before any code of the page runs. A
/// page has what its model binds by <c>[FromQuery]</c> and <c>[FromForm]</c>, and by <see cref="QueryOfAttribute"/>; only a list may be
/// repeated.
/// </summary>
internal sealed class StrictFields(BodyTimeLimit time, IOptions<AntiforgeryOptions> antiforgery) : IAsyncAuthorizationFilter, IOrderedFilter
{
    private const string FormType = "application/x-www-form-urlencoded";

    private const int MaxFields = 4096;

    /// <summary>Before the filter of the framework that looks for the antiforgery token in the form.</summary>
    public int Order => int.MinValue;

    /// <exception cref="RegistrationRefusedException">Names every wrong parameter and field.</exception>
    public async Task OnAuthorizationAsync(AuthorizationFilterContext context)
    {
        var (http, page, violations) = (context.HttpContext, (CompiledPageActionDescriptor)context.ActionDescriptor, new Violations());
        Check("query parameter", http.Request.Query, FieldsOf(page, BindingSource.Query), violations);
        if (HttpMethods.IsPost(http.Request.Method))
        {
            var form = await time.ReadAsync(http, cancellationToken => ReadFormAsync(http.Request, cancellationToken));
            var fields = FieldsOf(page, BindingSource.Form);
            fields.Add(antiforgery.Value.FormFieldName, false);
            Check("form field", form, fields, violations);
        }
        else if (http.Features.GetRequiredFeature<IHttpRequestBodyDetectionFeature>().CanHaveBody)
        {
            throw new RegistrationRefusedException(new RegistrationFault.MalformedRequest("The request must not have a body."));
        }

        if (violations.Found.Count > 0)
        {
            throw new RegistrationRefusedException(new RegistrationFault.InvalidArgument(violations.Found));
        }
    }

    /// <summary>The names, and whether each may be repeated.</summary>
    private static Dictionary<string, bool> FieldsOf(CompiledPageActionDescriptor page, BindingSource source)
    {
        var fields = page.BoundProperties
            .Where(property => property.BindingInfo?.BindingSource == source)
            .ToDictionary(
                property => property.BindingInfo!.BinderModelName ?? property.Name,
                property => property.ParameterType.IsAssignableTo(typeof(IEnumerable<string>)),
                StringComparer.Ordinal);
        if (source == BindingSource.Query && page.ModelTypeInfo!.GetCustomAttribute<QueryOfAttribute>() is { } query)
        {
            foreach (var (name, _) in query.Parameters)
            {
                fields.Add(name, false);
            }
        }

        return fields;
    }

    /// <summary>For what is no page: refuses a query parameter with any other name, or one that was sent twice.</summary>
    /// <exception cref="RegistrationRefusedException">Names every wrong parameter.</exception>
    public static void RequireQuery(HttpRequest request, params IEnumerable<string> names)
    {
        var violations = new Violations();
        Check("query parameter", request.Query, names.ToDictionary(name => name, _ => false, StringComparer.Ordinal), violations);
        if (violations.Found.Count > 0)
        {
            throw new RegistrationRefusedException(new RegistrationFault.InvalidArgument(violations.Found));
        }
    }

    private static void Check(
        string kind, IEnumerable<KeyValuePair<string, StringValues>> sent, Dictionary<string, bool> known, Violations violations)
    {
        foreach (var (name, values) in sent)
        {
            if (!known.TryGetValue(name, out var isList))
            {
                var allowed = known.Keys.Where(key => !key.StartsWith("__", StringComparison.Ordinal)).DefaultIfEmpty("none");
                violations.Add(name, $"There is no {kind} {Excerpt.Of(name)} here. Allowed: {string.Join(", ", allowed)}.");
            }
            else if (values.Count > 1 && !isList)
            {
                violations.Add(name, $"The {kind} {name} was sent more than once.");
            }
        }
    }

    private static async ValueTask<IFormCollection> ReadFormAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.Equals(FormType, StringComparison.OrdinalIgnoreCase))
        {
            throw new RegistrationRefusedException(new RegistrationFault.UnsupportedMediaType($"The Content-Type must be {FormType}."));
        }

        RegistrationBody.RequireSize(request);
        var options = new FormOptions { ValueCountLimit = MaxFields, ValueLengthLimit = RegistrationBody.Limit };
        request.HttpContext.Features.Set<IFormFeature>(new FormFeature(request, options));
        try
        {
            return await request.ReadFormAsync(cancellationToken);
        }
        catch (BadHttpRequestException bad) when (bad.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw new RegistrationRefusedException(new RegistrationFault.BodyTooLarge(RegistrationBody.Limit));
        }
        catch (InvalidDataException)
        {
            throw new RegistrationRefusedException(
                new RegistrationFault.MalformedRequest("The form is malformed, or has too many fields."));
        }
    }
}
