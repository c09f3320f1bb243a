using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using GrpcDcr.Directory.V1;
using GrpcDcr.TestKit.Running;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Integration.Tests.Telemetry;

/// <summary>
/// A server whose metrics are collected, with everything that is measured but PostgreSQL: Redis is configured, and not there. It is a
/// process of its own: the meters of all servers of a process have the same names.
/// </summary>
public sealed class MeasuredServer : IAsyncLifetime
{
    private readonly DataFolder _folder = new();
    private ServerProcess? _process;
    private GrpcChannel? _channel;

    internal ServerProcess Process => _process!;

    public async ValueTask InitializeAsync()
    {
        _process = await ServerProcess.StartAsync(
            _folder, "Telemetry:Prometheus=true", "RateLimit:Store=Redis", "RateLimit:Redis:ConnectionString=127.0.0.1:1",
            "RateLimit:FailedRoleToken=1", "Registration:CheckJwksUri=true",
            "Registration:TokenEndpointAuthMethods=client_secret_basic none private_key_jwt");
        _channel = GrpcChannel.ForAddress(_process.InternalAddress);
    }

    public async ValueTask DisposeAsync()
    {
        _channel?.Dispose();
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        _folder.Dispose();
    }

    /// <summary>The directory, for the owner of a token or for nobody.</summary>
    public ClientDirectory.ClientDirectoryClient Directory(string? token) => new(_channel!.Intercept(metadata =>
    {
        if (token is not null)
        {
            metadata.Add("authorization", "Bearer " + token);
        }

        return metadata;
    }));

    public Task<HttpResponseMessage> PostAsync(string document) =>
        _process!.Public.PostAsync(RegistrationCalls.Path, Bodies.Json(document));

    public async Task<JsonElement> RegisterAsync(string document = Bodies.Smallest)
    {
        using var response = await PostAsync(document);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    public async Task LookUpAsync() => await LookUpAsync((await RegisterAsync()).GetProperty("client_id").GetString()!);

    public async Task LookUpAsync(string id) => await Directory(Process.AdminToken).GetClientAsync(new() { ClientId = id });

    /// <summary>Memory cannot say that there is none.</summary>
    public Task LookUpUnknownAsync() => FailAsync(
        Directory(Process.AdminToken).GetClientAsync(new() { ClientId = "01a22d80-0000-7000-8000-000000000000" }));

    /// <summary>As an administrator.</summary>
    public async Task CreateAsync()
    {
        using var response = await Process.Admin.PostAsync(
            "/admin/v1/clients", Bodies.Json($$"""{ "metadata": {{Bodies.Smallest}} }"""));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    public async Task FailToAuthenticateAsync() => await FailAsync(Directory(Process.AdminToken).AuthenticateClientAsync(
        new() { ClientId = "nobody", ClientSecret = "wrong", TokenEndpointAuthMethod = "client_secret_basic" }));

    /// <summary>As often as is over the limit.</summary>
    public async Task CallWithWrongTokenAsync()
    {
        for (var i = 0; i < 3; i++)
        {
            await FailAsync(Directory("a-token-that-nobody-has").GetClientAsync(new() { ClientId = "x" }));
        }
    }

    public async Task RegisterWithKeysThatCannotBeFetchedAsync()
    {
        using var response = await PostAsync("""
            {
              "redirect_uris": ["https://app.example/callback"], "token_endpoint_auth_method": "private_key_jwt",
              "jwks_uri": "https://192.0.2.1/keys"
            }
            """);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    public static Task FailAsync<T>(AsyncUnaryCall<T> call) => Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync);
}
