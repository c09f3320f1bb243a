using Grpc.Core;
using GrpcDcr.V1;

namespace GrpcDcr.Client.Tests;

public sealed class DirectoryTests
{
    private static readonly V1.Client Known = new() { ClientId = "c1", State = ClientState.Active };

    [Fact]
    public async Task An_unknown_client_is_null()
    {
        await using var service = await FakeService.StartAsync(_ => Faults.Refused(StatusCode.NotFound, "client_not_found"));
        await using var sdk = new Sdk(service.Address);
        Assert.Null(await sdk.Directory.FindAsync("c1"));
        Assert.Null(await sdk.Directory.CheckRedirectUriAsync("c1", "https://app.example/"));
    }

    [Fact]
    public async Task A_not_found_that_is_not_the_services_own_is_a_fault()
    {
        await using var service = await FakeService.StartAsync(_ => new Answer(Status: StatusCode.NotFound));
        await using var sdk = new Sdk(service.Address);
        await Assert.ThrowsAsync<GrpcDcrException>(() => sdk.Directory.FindAsync("c1"));
        await Assert.ThrowsAsync<GrpcDcrException>(() => sdk.Directory.CheckRedirectUriAsync("c1", null));
    }

    [Fact]
    public async Task Refused_client_credentials_are_null_and_a_refused_directory_token_is_a_fault()
    {
        var reason = "invalid_client";
        await using var service = await FakeService.StartAsync(_ => Faults.Refused(StatusCode.Unauthenticated, reason));
        await using var sdk = new Sdk(service.Address);
        Assert.Null(await sdk.Directory.AuthenticateAsync("c1", "wrong"));

        reason = "invalid_token";
        var fault = await Assert.ThrowsAsync<GrpcDcrException>(() => sdk.Directory.AuthenticateAsync("c1", "right"));
        Assert.Equal(GrpcDcrError.InvalidToken, fault.Error);
    }

    [Fact]
    public async Task Right_client_credentials_give_the_client_and_the_method_travels_only_when_given()
    {
        await using var service = await FakeService.StartAsync(_ => new Answer(new AuthenticateClientResponse { Client = Known }));
        await using var sdk = new Sdk(service.Address);
        Assert.Equal(Known, await sdk.Directory.AuthenticateAsync("c1", "s"));
        Assert.Equal(Known, await sdk.Directory.AuthenticateAsync("c1", "s", "client_secret_post"));

        var expected = new AuthenticateClientRequest { ClientId = "c1", ClientSecret = "s" };
        Assert.Equal(
            [expected, new(expected) { TokenEndpointAuthMethod = "client_secret_post" }],
            service.Calls.Select(call => AuthenticateClientRequest.Parser.ParseFrom(call.Message)));
    }

    [Theory]
    [InlineData(true, "https://app.example/", "https://app.example/")]
    [InlineData(false, "", null)]
    public async Task A_redirect_uri_is_where_to_redirect_or_null(bool allowed, string answered, string? expected)
    {
        await using var service = await FakeService.StartAsync(_ =>
            new Answer(new CheckRedirectUriResponse { Allowed = allowed, RedirectUri = answered }));
        await using var sdk = new Sdk(service.Address);
        Assert.Equal(expected, await sdk.Directory.CheckRedirectUriAsync("c1", null));
        Assert.False(CheckRedirectUriRequest.Parser.ParseFrom(Assert.Single(service.Calls).Message).HasRedirectUri);
    }

    [Fact]
    public async Task Revealed_secrets_come_the_newest_first_and_do_not_print_themselves()
    {
        await using var service = await FakeService.StartAsync(_ =>
            new Answer(new RevealClientSecretResponse { ClientSecrets = { "hush", "hushed" } }));
        await using var sdk = new Sdk(service.Address);
        var secrets = await sdk.Directory.RevealSecretsAsync("c1");
        Assert.Equal(["hush", "hushed"], secrets);
        Assert.DoesNotContain("hush", secrets.ToString());
        Assert.Equal("c1", RevealClientSecretRequest.Parser.ParseFrom(Assert.Single(service.Calls).Message).ClientId);
    }

    [Theory]
    [InlineData(StatusCode.NotFound, "client_not_found")]
    [InlineData(StatusCode.FailedPrecondition, "no_secret")]
    public async Task A_client_with_no_secret_to_reveal_has_none_and_a_refused_token_is_a_fault(StatusCode status, string reason)
    {
        var answer = Faults.Refused(status, reason);
        await using var service = await FakeService.StartAsync(_ => answer);
        await using var sdk = new Sdk(service.Address);
        Assert.Empty(await sdk.Directory.RevealSecretsAsync("c1"));

        answer = Faults.Refused(StatusCode.Unauthenticated, "invalid_token");
        await Assert.ThrowsAsync<GrpcDcrException>(() => sdk.Directory.RevealSecretsAsync("c1"));
    }
}
