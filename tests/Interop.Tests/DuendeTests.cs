using Duende.IdentityModel.Client;
using GrpcDcr.Interop.Tests.Running;

namespace GrpcDcr.Interop.Tests;

/// <summary>Duende.IdentityModel, what .NET programs register with.</summary>
public sealed class DuendeTests(RunningService service) : IClassFixture<RunningService>
{
    [Fact]
    public async Task Registers_and_works_once_it_is_approved()
    {
        using var response = await RegisterAsync(new()
        {
            ClientName = "Real client",
            RedirectUris = { new Uri("https://client.example/callback") },
            GrantTypes = { "authorization_code" },
            TokenEndpointAuthenticationMethod = "client_secret_post",
        });

        Assert.False(response.IsError, response.Error);
        Assert.NotNull(response.ClientIdIssuedAt);
        Assert.Equal(0, response.ClientSecretExpiresAt);
        RegisteredDocument.AssertUsable(response.Json!.Value, "client_secret_post");
        await Approval.WorksAsync(service.Server, response.ClientId!, response.ClientSecret!, "client_secret_post");
    }

    [Fact]
    public async Task Reads_a_refusal_as_a_protocol_error_with_our_description()
    {
        using var response = await RegisterAsync(new()
        {
            RedirectUris = { new Uri("http://client.example/callback") },
            GrantTypes = { "authorization_code" },
        });

        Assert.Equal(ResponseErrorType.Protocol, response.ErrorType);
        Assert.Equal("invalid_redirect_uri", response.Error);
        Assert.StartsWith("redirect_uris", response.ErrorDescription, StringComparison.Ordinal);
    }

    private async Task<DynamicClientRegistrationResponse> RegisterAsync(DynamicClientRegistrationDocument document)
    {
        using var request = new DynamicClientRegistrationRequest
        {
            Address = service.Server.Issuer + "/oauth/register",
            Document = document,
        };
        return await service.Server.Public.RegisterClientAsync(request);
    }
}
