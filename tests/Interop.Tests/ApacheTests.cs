using GrpcDcr.Interop.Tests.Running;

namespace GrpcDcr.Interop.Tests;

/// <summary>mod_auth_openidc, which registers every grant and response type that it knows.</summary>
public sealed class ApacheTests(OpenIdService service) : IClassFixture<OpenIdService>
{
    [Fact]
    public async Task Registers_once_and_sends_its_users_to_the_authorization_server()
    {
        await using var apache = await ApacheServer.StartAsync(service);

        var client = await AuthorizationRequest.AssertRegisteredAsync(service.Server, await apache.LogInAsync());
        var again = await AuthorizationRequest.AssertRegisteredAsync(service.Server, await apache.LogInAsync());

        var clientId = client.GetProperty("client_id").GetString();
        Assert.Equal(clientId, again.GetProperty("client_id").GetString());
        Assert.Equal("Apache of the tests", client.GetProperty("metadata").GetProperty("client_name").GetString());
        var kept = await apache.RegistrationAsync();
        RegisteredDocument.AssertUsable(kept, "client_secret_basic");
        Assert.Equal(clientId, kept.GetProperty("client_id").GetString());
        Assert.Equal(["code"], RegisteredDocument.Strings(kept, "response_types"));
        Assert.Equal([ApacheServer.RedirectUri], RegisteredDocument.Strings(kept, "redirect_uris"));
        await Approval.WorksAsync(
            service.Server, clientId!, kept.GetProperty("client_secret").GetString()!, "client_secret_basic");
    }
}

/// <summary>The same, where registration asks for an initial access token.</summary>
public sealed class TokenGatedApacheTests(TokenGatedService service) : IClassFixture<TokenGatedService>
{
    [Fact]
    public async Task Registers_with_the_token()
    {
        await using var apache = await ApacheServer.StartAsync(service, TokenGatedService.InitialAccessToken);

        var client = await AuthorizationRequest.AssertRegisteredAsync(service.Server, await apache.LogInAsync());

        Assert.Equal("INITIAL_ACCESS_TOKEN", client.GetProperty("admission").GetString());
    }
}
