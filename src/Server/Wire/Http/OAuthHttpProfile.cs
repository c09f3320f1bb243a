using GrpcDcr.Server.Registration;
using GrpcDcr.Server.Registration.Management;
using GrpcDcr.Server.Registration.Policy;
using GrpcDcr.Server.Wire.Admission;
using GrpcDcr.Server.Wire.Callers;

namespace GrpcDcr.Server.Wire.Http;

/// <summary>
/// HTTP as RFC 7591 section 3 and RFC 7592 section 2 have it: a flat JSON document in and out, 201 for a new client, 204 for one that is
/// gone, and every refusal as <c>error</c> and <c>error_description</c>. Routes are those of the contract; documents are not, since a flat
/// one is no JSON form of a message. Nothing is bound from the query: tokens and metadata there are nobody's (RFC 6750 section 2.3).
/// </summary>
/// <remarks>Who acts is asked for with each call: it knows the public origin, and that is known only once the server listens.</remarks>
internal sealed class OAuthHttpProfile(
    ClientInformationJson answers,
    RefusalLedger refusals,
    RegistrationPolicies policies,
    Failures failures) : HttpProfile(Door.Public)
{
    /// <summary>The members that the deployment names beside the registered ones.</summary>
    private readonly AllowedValues named = policies.Server.ExtensionMembers;

    public override async Task InvokeAsync(HttpContext http, ICallGate gate, RequestDelegate transcoded)
    {
        ResponseHeaders.ForbidStoring(http.Response);
        IssuedClient? client;
        try
        {
            client = await ActAsync(http, await gate.AdmitAsync(http));
        }
        catch (Exception) when (http.RequestAborted.IsCancellationRequested)
        {
            return;
        }
        catch (Exception e)
        {
            await OAuthError.WriteAsync(http, failures.FaultOf(e, http.GetEndpoint()!.DisplayName!));
            return;
        }

        await AnswerAsync(http, client);
    }

    /// <returns>The client to show; <see langword="null"/> when it is gone.</returns>
    private async Task<IssuedClient?> ActAsync(HttpContext http, CallAdmission admission)
    {
        var caller = CallOrigin.CallerOf(http, Caller.Client);
        if (HttpMethods.IsPost(http.Request.Method))
        {
            var asked = await ReadAsync(http, caller, MetadataJson.Read);
            var registrar = http.RequestServices.GetRequiredService<Registrar>();
            var issued = await registrar.RegisterAsync(asked, admission.Registration!, caller, http.RequestAborted);
            http.Response.StatusCode = StatusCodes.Status201Created;
            return issued;
        }

        var managed = admission.Client!;
        var management = http.RequestServices.GetRequiredService<ClientManagement>();
        if (HttpMethods.IsPut(http.Request.Method))
        {
            var update = await ReadAsync(http, caller, UpdateJson.Read);
            return await management.UpdateAsync(managed, update, caller, http.RequestAborted);
        }

        if (HttpMethods.IsGet(http.Request.Method))
        {
            return await management.ReadAsync(managed, caller, http.RequestAborted);
        }

        await management.DeleteAsync(managed, caller, http.RequestAborted);
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        return null;
    }

    private async Task AnswerAsync(HttpContext http, IssuedClient? client)
    {
        if (client is not null)
        {
            var document = answers.Write(client);
            http.Response.ContentType = "application/json";
            http.Response.ContentLength = document.WrittenCount;
            await http.Response.Body.WriteAsync(document.WrittenMemory, http.RequestAborted);
        }
    }

    private async ValueTask<T> ReadAsync<T>(HttpContext http, Caller caller, Func<ReadOnlyMemory<byte>, AllowedValues, T> read)
    {
        try
        {
            RegistrationBody.RequireJson(http.Request);
            using var sent = await RegistrationBody.ReadAsync(http);
            return read(sent.WrittenMemory, named);
        }
        catch (RegistrationRefusedException refused)
        {
            await refusals.NoteAsync(refused.Fault, caller, http.RequestAborted);
            throw;
        }
    }
}
