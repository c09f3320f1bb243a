using GrpcDcr.Interop.Tests.Running;
using ModelContextProtocol.Authentication;
using ModelContextProtocol.Client;

namespace GrpcDcr.Interop.Tests;

/// <summary>The MCP SDK for .NET.</summary>
public sealed class CSharpMcpSdkTests(RunningService service) : IClassFixture<RunningService>
{
    [Theory]
    [InlineData("http://localhost:1179/callback", "native")]
    [InlineData("https://client.example/callback", "web")]
    public async Task Registers_and_sends_its_user_to_the_authorization_server(string redirectUri, string type)
    {
        await using var server = await McpServer.StartAsync(service);
        DynamicClientRegistrationResponse? registered = null;
        Uri? request = null;

        await ConnectAsync(server.Address, new ClientOAuthOptions
        {
            RedirectUri = new Uri(redirectUri),
            DynamicClientRegistration = new DynamicClientRegistrationOptions
            {
                ClientName = "Real client",
                ResponseDelegate = (response, _) =>
                {
                    registered = response;
                    return Task.CompletedTask;
                },
            },
            AuthorizationCallbackHandler = (context, _) =>
            {
                request = context.AuthorizationUri;
                return Task.FromResult<AuthorizationResult?>(null);
            },
        });

        var client = await AuthorizationRequest.AssertRegisteredAsync(service.Server, request!);
        Assert.Equal(client.GetProperty("client_id").GetString(), registered!.ClientId);
        Assert.Equal([redirectUri], registered.RedirectUris);
        Assert.Equal(type, client.GetProperty("metadata").GetProperty("application_type").GetString());
        await Approval.WorksAsync(
            service.Server, registered.ClientId, registered.ClientSecret!, registered.TokenEndpointAuthMethod!);
    }

    /// <summary>The user gives no answer, so that the connection fails after registration.</summary>
    private async Task ConnectAsync(Uri address, ClientOAuthOptions oauth)
    {
        using var http = new HttpClient(service.Certificate.TrustingHandler());
        var options = new HttpClientTransportOptions
        {
            Endpoint = address,
            TransportMode = HttpTransportMode.StreamableHttp,
            OAuth = oauth,
        };
        await using var transport = new HttpClientTransport(options, http);
        await Assert.ThrowsAnyAsync<Exception>(() => McpClient.CreateAsync(transport));
    }
}
