using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;
using GrpcDcr.Directory.V1;
using GrpcDcr.TestKit.Service;
using GrpcDcr.V1;

namespace GrpcDcr.Integration.Tests.Directories;

/// <summary>Authorization servers ask whether a client is who it says. There is one yes and one no.</summary>
public sealed class AuthenticateClientTests(OpenServer shared) : IClassFixture<OpenServer>
{
    private readonly RunningServer _server = shared.Server;

    [Theory]
    [InlineData("client_secret_basic")]
    [InlineData("client_secret_post")]
    public async Task Says_yes_to_an_active_client_with_its_secret(string method)
    {
        var (id, secret) = await RegisterAsync($"\"token_endpoint_auth_method\":\"{method}\"");
        await _server.ActAsync(id, "approve");

        var authenticated = await _server.AuthenticateAsync(id, secret, method);

        Assert.Equal(id, authenticated.Client.ClientId);
    }

    [Fact]
    public async Task Says_one_and_the_same_no_to_everybody_else()
    {
        var (pending, pendingSecret) = await RegisterAsync("\"client_name\":\"pending\"");
        var (active, activeSecret) = await RegisterAsync("\"client_name\":\"active\"");
        var (suspended, suspendedSecret) = await RegisterAsync("\"client_name\":\"suspended\"");
        var (rejected, rejectedSecret) = await RegisterAsync("\"client_name\":\"rejected\"");
        var withoutSecret = await _server.ClientInAsync(ClientState.Pending, Bodies.PublicNative);
        await _server.ActAsync(active, "approve");
        await _server.ActAsync(suspended, "approve");
        await _server.ActAsync(suspended, "suspend");
        await _server.ActAsync(rejected, "reject");
        AuthenticateClientRequest[] requests =
        [
            new() { ClientId = pending, ClientSecret = pendingSecret },
            new() { ClientId = suspended, ClientSecret = suspendedSecret },
            new() { ClientId = rejected, ClientSecret = rejectedSecret },
            new() { ClientId = active, ClientSecret = "wrong" },
            new() { ClientId = active, ClientSecret = activeSecret + "x" },
            new() { ClientId = active, ClientSecret = pendingSecret },
            new() { ClientId = active },
            new() { ClientId = active.ToUpperInvariant(), ClientSecret = activeSecret },
            new() { ClientId = active, ClientSecret = activeSecret, TokenEndpointAuthMethod = "client_secret_post" },
            new() { ClientId = withoutSecret },
            new() { ClientId = withoutSecret, ClientSecret = "x" },
            new() { ClientId = "0190b6a4-0000-7000-8000-000000000000", ClientSecret = "x" },
            new() { ClientId = "nonsense", ClientSecret = "x" },
            new() { ClientSecret = new string('x', 50_000) },
            new(),
        ];

        var answers = new HashSet<string>(StringComparer.Ordinal);
        foreach (var request in requests)
        {
            request.TokenEndpointAuthMethod = request.TokenEndpointAuthMethod is { Length: > 0 } method ? method : "client_secret_basic";
            var refusal = await Assert.ThrowsAsync<RpcException>(async () => await _server.Directory().AuthenticateClientAsync(request));
            Assert.Equal(StatusCode.Unauthenticated, refusal.StatusCode);
            Assert.Equal("INVALID_CLIENT_CREDENTIALS", refusal.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Reason);
            answers.Add($"{refusal.Status.Detail}|{refusal.GetRpcStatus()!.ToByteString().ToBase64()}|{Trailers(refusal)}");
        }

        Assert.Single(answers);
    }

    [Theory]
    [InlineData("")]
    [InlineData("none")]
    [InlineData("private_key_jwt")]
    [InlineData("CLIENT_SECRET_BASIC")]
    public async Task Must_be_told_how_the_secret_was_presented(string method)
    {
        var (id, secret) = await RegisterAsync("\"client_name\":\"x\"");
        await _server.ActAsync(id, "approve");

        var refusal = await Assert.ThrowsAsync<RpcException>(async () => await _server.AuthenticateAsync(id, secret, method));

        Assert.Equal(StatusCode.InvalidArgument, refusal.StatusCode);
        var violation = Assert.Single(refusal.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations);
        Assert.Equal("token_endpoint_auth_method", violation.Field);
    }

    [Fact]
    public async Task Says_of_an_active_client_whose_method_sends_no_secret_that_there_is_none_to_check()
    {
        var id = await _server.ClientInAsync(ClientState.Active, Bodies.PublicNative);

        foreach (var secret in new[] { "", "x" })
        {
            var refusal = await Assert.ThrowsAsync<RpcException>(async () => await _server.AuthenticateAsync(id, secret));

            Assert.Equal(StatusCode.FailedPrecondition, refusal.StatusCode);
            var info = refusal.GetRpcStatus()!.GetDetail<ErrorInfo>()!;
            Assert.Equal("CLIENT_SENDS_NO_SECRET", info.Reason);
            Assert.Equal("none", info.Metadata["token_endpoint_auth_method"]);
            Assert.Equal("invalid_client", info.Metadata["oauth_error"]);
        }
    }

    [Fact]
    public async Task Says_no_as_soon_as_the_client_is_suspended_and_yes_once_it_is_reinstated()
    {
        var (id, secret) = await RegisterAsync("\"client_name\":\"x\"");
        await _server.ActAsync(id, "approve");
        await _server.AuthenticateAsync(id, secret);

        await _server.ActAsync(id, "suspend");
        await Assert.ThrowsAsync<RpcException>(async () => await _server.AuthenticateAsync(id, secret));
        await _server.ActAsync(id, "reinstate");

        await _server.AuthenticateAsync(id, secret);
    }

    [Fact]
    public async Task Tells_the_log_what_it_does_not_tell_the_caller()
    {
        var (id, secret) = await RegisterAsync("\"client_name\":\"x\"");

        await Assert.ThrowsAsync<RpcException>(async () => await _server.AuthenticateAsync(id, secret));

        Assert.Contains(
            _server.Log.All, line => line.Contains(id, StringComparison.Ordinal) && line.Contains("not active", StringComparison.Ordinal));
    }

    private async Task<(string Id, string Secret)> RegisterAsync(string members)
    {
        var client = await _server.RegisteredAsync(Bodies.With(members));
        return (client.GetProperty("client_id").GetString()!, client.GetProperty("client_secret").GetString()!);
    }

    private static string Trailers(RpcException refusal) =>
        string.Join(
            ';',
            refusal.Trailers.Where(t => t.Key is not ("date" or "server" or "x-request-id"))
                .Select(t => t.IsBinary ? Convert.ToBase64String(t.ValueBytes) : t.Value));
}
