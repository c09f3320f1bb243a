using Grpc.Core;
using GrpcDcr.Directory.V1;
using GrpcDcr.V1;

namespace GrpcDcr.Client.Tests;

public sealed class DirectoryTests
{
    private static readonly Directory.V1.Client Known = new()
    {
        ClientId = "c1",
        State = ClientState.Active,
        PublicReason = "why",
        Revision = 7,
        SelfAsserted = true,
        Metadata = new()
        {
            ClientName = "Example",
            RedirectUris = { "https://app.example/" },
            DefaultMaxAge = 0,
            RequestUris = { "https://app.example/r" },
            Localized = { ["client_name#de"] = "Beispiel" },
            Extensions = { ["tier"] = "3" },
        },
    };

    [Fact]
    public async Task A_client_is_a_record_whose_members_are_read_by_name()
    {
        await using var service = await FakeService.StartAsync(_ => new Answer(new GetClientResponse { Client = Known }));
        await using var sdk = new Sdk(service.Address);

        var found = await sdk.Directory.FindAsync("c1", ClientView.Full);

        Assert.NotNull(found);
        Assert.Equal(ClientView.Full, GetClientRequest.Parser.ParseFrom(Assert.Single(service.Calls).Message).View);
        Assert.Equal(("c1", ClientState.Active, "why", 7), (found.ClientId, found.State, found.PublicReason, found.Revision));
        Assert.True(found.SelfAsserted);
        Assert.Null(found.Owner);
        Assert.Equal("Example", found.Metadata.ClientName);
        Assert.Equal(["https://app.example/"], found.Metadata.RedirectUris);
        Assert.Null(found.Metadata.Scope);
        Assert.Equal(0, found.Metadata.Number("default_max_age"));
        Assert.Null(found.Metadata.Flag("require_auth_time"));
        Assert.Equal(["https://app.example/r"], found.Metadata.Texts("request_uris"));
        Assert.Equal("Beispiel", found.Metadata.Localized["client_name#de"]);
        Assert.Equal("3", found.Metadata.Extension("tier"));
        Assert.Throws<ArgumentException>(() => found.Metadata.Text("request_uris"));
        Assert.Throws<ArgumentException>(() => found.Metadata.Text("no_member"));
    }

    [Fact]
    public async Task An_unknown_client_is_null()
    {
        await using var service = await FakeService.StartAsync(_ => Faults.Refused(StatusCode.NotFound, "CLIENT_NOT_FOUND"));
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
        var reason = "INVALID_CLIENT_CREDENTIALS";
        await using var service = await FakeService.StartAsync(_ => Faults.Refused(StatusCode.Unauthenticated, reason));
        await using var sdk = new Sdk(service.Address);
        Assert.Null(await sdk.Directory.AuthenticateAsync("c1", "wrong", "client_secret_basic"));

        reason = "CLIENT_SENDS_NO_SECRET";
        Assert.Null(await sdk.Directory.AuthenticateAsync("c1", "right", "client_secret_basic"));

        reason = "CREDENTIAL_INVALID";
        var fault = await Assert.ThrowsAsync<GrpcDcrException>(() => sdk.Directory.AuthenticateAsync("c1", "right", "client_secret_basic"));
        Assert.Equal(ErrorReason.CredentialInvalid, fault.Reason);
    }

    [Fact]
    public async Task Right_client_credentials_give_the_client()
    {
        await using var service = await FakeService.StartAsync(_ => new Answer(new AuthenticateClientResponse { Client = Known }));
        await using var sdk = new Sdk(service.Address);
        var known = RegisteredClient.From(Known);
        Assert.Equal(known, await sdk.Directory.AuthenticateAsync("c1", "s", "client_secret_post"));

        Assert.Equal(
            new AuthenticateClientRequest { ClientId = "c1", ClientSecret = "s", TokenEndpointAuthMethod = "client_secret_post" },
            AuthenticateClientRequest.Parser.ParseFrom(Assert.Single(service.Calls).Message));
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
        var secrets = await sdk.Secrets.RevealAsync("c1");
        Assert.Equal(["hush", "hushed"], secrets);
        Assert.DoesNotContain("hush", secrets.ToString());
        Assert.Equal("c1", RevealClientSecretRequest.Parser.ParseFrom(Assert.Single(service.Calls).Message).ClientId);
    }

    [Theory]
    [InlineData(StatusCode.NotFound, "CLIENT_NOT_FOUND")]
    [InlineData(StatusCode.FailedPrecondition, "CLIENT_HAS_NO_SECRET")]
    [InlineData(StatusCode.FailedPrecondition, "SECRET_NOT_RECOVERABLE")]
    [InlineData(StatusCode.FailedPrecondition, "STATE_FORBIDS")]
    public async Task A_client_with_no_secret_to_reveal_has_none_and_a_refused_token_is_a_fault(StatusCode status, string reason)
    {
        var answer = Faults.Refused(status, reason);
        await using var service = await FakeService.StartAsync(_ => answer);
        await using var sdk = new Sdk(service.Address);
        Assert.Empty(await sdk.Secrets.RevealAsync("c1"));

        answer = Faults.Refused(StatusCode.Unauthenticated, "CREDENTIAL_INVALID");
        await Assert.ThrowsAsync<GrpcDcrException>(() => sdk.Secrets.RevealAsync("c1"));
    }
}
