using System.Text.Json.Nodes;
using GrpcDcr.Cli.Contexts;
using GrpcDcr.Cli.OAuth;
using GrpcDcr.Cli.Output;
using GrpcDcr.Cli.Service;

namespace GrpcDcr.Cli.Registrations;

/// <summary>The protocol of RFC 7591 and RFC 7592, with any server.</summary>
internal sealed class RegistrationEndpoint(HttpExchange http, bool allowPlainHttp)
{
    /// <summary>What an update must not have (RFC 7592 section 2.2); a document that was read has it.</summary>
    private static readonly string[] OfTheServer =
        ["registration_access_token", "registration_client_uri", "client_secret_expires_at", "client_id_issued_at"];

    public Task<JsonObject> RegisterAsync(Uri endpoint, JsonObject metadata, string? initialAccessToken, CancellationToken stop) =>
        SendAsync(HttpMethod.Post, endpoint, initialAccessToken, metadata, stop);

    public Task<JsonObject> ReadAsync(KeptRegistration client, CancellationToken stop) =>
        SendAsync(HttpMethod.Get, AddressOf(client), client.RegistrationAccessToken, null, stop);

    public Task<JsonObject> UpdateAsync(KeptRegistration client, JsonObject metadata, CancellationToken stop)
    {
        foreach (var member in OfTheServer)
        {
            metadata.Remove(member);
        }

        if (JsonText.At(metadata, "client_id") is { Length: > 0 } named && named != client.ClientId)
        {
            throw CommandFault.Usage($"The document is of client {named} and not of {client.ClientId}.");
        }

        metadata["client_id"] = client.ClientId;
        return SendAsync(HttpMethod.Put, AddressOf(client), client.RegistrationAccessToken, metadata, stop);
    }

    public async Task DeleteAsync(KeptRegistration client, CancellationToken stop)
    {
        var address = AddressOf(client);
        var (status, body) = await http.SendAsync(HttpMethod.Delete, address, client.RegistrationAccessToken, null, null, stop);
        if (status is < 200 or >= 300)
        {
            throw OAuthFaults.From(address, status, body);
        }
    }

    private Uri AddressOf(KeptRegistration client) =>
        ServiceAddress.CheckUri(client.RegistrationClientUri, allowPlainHttp, $"registration_client_uri of {client.ClientId}");

    private async Task<JsonObject> SendAsync(HttpMethod method, Uri address, string? token, JsonObject? body, CancellationToken stop)
    {
        var (status, text) = await http.SendAsync(method, address, token, body, null, stop);
        var answer = JsonText.ParseObject(text);
        return status is >= 200 and < 300 && JsonText.At(answer, "client_id").Length > 0
            ? answer!
            : throw OAuthFaults.From(address, status, text);
    }
}
