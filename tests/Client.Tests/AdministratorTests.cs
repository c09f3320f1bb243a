using GrpcDcr.V1;

namespace GrpcDcr.Client.Tests;

public sealed class AdministratorTests
{
    /// <summary>Every response of an act has its client in field 1, so that one answer serves them all.</summary>
    private static readonly ApproveClientResponse Done = new() { Client = new() { ClientId = "c1", Etag = "w" } };

    [Fact]
    public async Task Every_act_sends_the_client_the_reason_and_the_etag_it_was_given()
    {
        await using var service = await FakeService.StartAsync(_ => new Answer(Done));
        await using var sdk = new Sdk(service.Address);

        Assert.Equal("w", (await sdk.Administrator.ApproveAsync("c1", "why", "v")).Etag);
        Assert.Equal("w", (await sdk.Administrator.RejectAsync("c1", "why", "v")).Etag);
        Assert.Equal("w", (await sdk.Administrator.SuspendAsync("c1", "why", "v")).Etag);
        Assert.Equal("w", (await sdk.Administrator.ReinstateAsync("c1", "why", "v")).Etag);
        await sdk.Administrator.DeleteAsync("c1", "why", "v");

        Assert.Equal(
            ["ApproveClient", "RejectClient", "SuspendClient", "ReinstateClient", "DeleteClient"],
            service.Calls.Select(call => call.Path.Split('/')[^1]));
        var sent = new ApproveClientRequest { ClientId = "c1", Reason = "why", Etag = "v" };
        Assert.All(service.Calls, call => Assert.Equal(sent, ApproveClientRequest.Parser.ParseFrom(call.Message)));
    }

    [Fact]
    public async Task A_rotated_secret_comes_with_the_client_after_the_act()
    {
        var rotated = new RotateClientSecretResponse { ClientSecret = "new", Client = Done.Client };
        await using var service = await FakeService.StartAsync(_ => new Answer(rotated));
        await using var sdk = new Sdk(service.Address);
        Assert.Equal(rotated, await sdk.Administrator.RotateSecretAsync("c1", etag: "v"));
        Assert.Equal(
            new RotateClientSecretRequest { ClientId = "c1", Etag = "v" },
            RotateClientSecretRequest.Parser.ParseFrom(Assert.Single(service.Calls).Message));
    }

    [Fact]
    public async Task A_preview_names_how_the_registration_would_be_admitted()
    {
        var preview = new RegistrationPreview { Acceptable = true, Profile = "initial_access_token" };
        await using var service = await FakeService.StartAsync(_ => new Answer(new PreviewRegistrationResponse { Preview = preview }));
        await using var sdk = new Sdk(service.Address);
        var metadata = new ClientMetadata { ClientName = "Example" };

        Assert.Equal(preview, await sdk.Administrator.PreviewRegistrationAsync(metadata));
        await sdk.Administrator.PreviewRegistrationAsync(metadata, "t1");
        await sdk.Administrator.PreviewRegistrationAsync(metadata, withStaticToken: true);

        var open = new PreviewRegistrationRequest { Metadata = metadata };
        Assert.Equal(
            [open, new(open) { InitialAccessTokenId = "t1" }, new(open) { WithStaticToken = true }],
            service.Calls.Select(call => PreviewRegistrationRequest.Parser.ParseFrom(call.Message)));
    }

    [Fact]
    public async Task A_backup_names_its_folder()
    {
        await using var service = await FakeService.StartAsync(_ => new Answer(new BackUpStorageResponse { Path = "/b/nightly", SizeBytes = 9 }));
        await using var sdk = new Sdk(service.Address);
        Assert.Equal("/b/nightly", (await sdk.Storage.BackUpAsync("nightly")).Path);
        Assert.Equal("nightly", BackUpStorageRequest.Parser.ParseFrom(Assert.Single(service.Calls).Message).Name);
    }
}
