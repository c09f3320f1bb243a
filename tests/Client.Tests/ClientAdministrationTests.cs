using GrpcDcr.Admin.V1;
using GrpcDcr.V1;
using PreviewRegistrationRequest = GrpcDcr.Admin.V1.PreviewRegistrationRequest;
using PreviewRegistrationResponse = GrpcDcr.Admin.V1.PreviewRegistrationResponse;

namespace GrpcDcr.Client.Tests;

public sealed class ClientAdministrationTests
{
    /// <summary>Every response of an act has its client in field 1, so that one answer serves them all.</summary>
    private static readonly ApproveClientResponse Done = new() { Client = new() { ClientId = "c1", Etag = "w" } };

    private static readonly Guid Request = new("0190a4be-0000-7000-8000-000000000001");

    [Fact]
    public async Task Every_act_sends_the_client_the_reason_and_the_etag_it_was_given()
    {
        await using var service = await FakeService.StartAsync(_ => new Answer(Done));
        await using var sdk = new Sdk(service.Address);

        Assert.Equal("w", (await sdk.Clients.ApproveAsync("c1", "v", "why")).Etag);
        Assert.Equal("w", (await sdk.Clients.RejectAsync("c1", "v", "why")).Etag);
        Assert.Equal("w", (await sdk.Clients.SuspendAsync("c1", "why", etag: "v")).Etag);
        Assert.Equal("w", (await sdk.Clients.ReinstateAsync("c1", "v", "why")).Etag);
        await sdk.Clients.DeleteAsync("c1", "why", "v");

        Assert.Equal(
            ["ApproveClient", "RejectClient", "SuspendClient", "ReinstateClient", "DeleteClient"],
            service.Calls.Select(call => call.Path.Split('/')[^1]));
        var sent = new ApproveClientRequest { ClientId = "c1", Reason = "why", Etag = "v" };
        Assert.All(service.Calls, call => Assert.Equal(sent, ApproveClientRequest.Parser.ParseFrom(call.Message)));
    }

    [Fact]
    public async Task The_reason_for_users_travels_beside_the_reason()
    {
        await using var service = await FakeService.StartAsync(_ => new Answer(Done));
        await using var sdk = new Sdk(service.Address);

        await sdk.Clients.RejectAsync("c1", "v", "why", "public");
        await sdk.Clients.SuspendAsync("c1", "why", "public", "v");

        var sent = new RejectClientRequest { ClientId = "c1", Reason = "why", PublicReason = "public", Etag = "v" };
        Assert.All(service.Calls, call => Assert.Equal(sent, RejectClientRequest.Parser.ParseFrom(call.Message)));
    }

    [Fact]
    public async Task A_rotated_secret_comes_with_the_client_after_the_act()
    {
        var rotated = new RotateClientSecretResponse { ClientSecret = "new", Client = Done.Client };
        await using var service = await FakeService.StartAsync(_ => new Answer(rotated));
        await using var sdk = new Sdk(service.Address);
        Assert.Equal(rotated, await sdk.Clients.RotateSecretAsync("c1", etag: "v", requestId: Request));
        Assert.Equal(
            new RotateClientSecretRequest { ClientId = "c1", Etag = "v", RequestId = Request.ToString() },
            RotateClientSecretRequest.Parser.ParseFrom(Assert.Single(service.Calls).Message));
    }

    [Fact]
    public async Task A_reissued_registration_access_token_comes_with_its_uri_and_the_client_after_the_act()
    {
        var reissued = new ReissueRegistrationAccessTokenResponse
        {
            RegistrationAccessToken = "new",
            RegistrationClientUri = "https://register.example/oauth/register/c1",
            Client = Done.Client,
        };
        await using var service = await FakeService.StartAsync(_ => new Answer(reissued));
        await using var sdk = new Sdk(service.Address);
        Assert.Equal(reissued, await sdk.Clients.ReissueRegistrationAccessTokenAsync("c1", "why", "v", Request));
        Assert.Equal(
            new ReissueRegistrationAccessTokenRequest { ClientId = "c1", Reason = "why", Etag = "v", RequestId = Request.ToString() },
            ReissueRegistrationAccessTokenRequest.Parser.ParseFrom(Assert.Single(service.Calls).Message));
    }

    [Fact]
    public async Task A_created_client_comes_with_its_credentials()
    {
        var created = new CreateClientResponse { ClientSecret = "new", RegistrationAccessToken = "token", Client = Done.Client };
        await using var service = await FakeService.StartAsync(_ => new Answer(created));
        await using var sdk = new Sdk(service.Address);
        var metadata = new ClientMetadata { ClientName = "Example" };

        Assert.Equal(created, await sdk.Clients.CreateAsync(metadata, "team", "why", Request));

        Assert.Equal(
            new CreateClientRequest { Metadata = metadata, Owner = "team", Reason = "why", RequestId = Request.ToString() },
            CreateClientRequest.Parser.ParseFrom(Assert.Single(service.Calls).Message));
    }

    [Fact]
    public async Task An_update_names_the_members_that_it_changes()
    {
        var updated = new Admin.V1.UpdateClientResponse { Client = Done.Client };
        await using var service = await FakeService.StartAsync(_ => new Answer(updated));
        await using var sdk = new Sdk(service.Address);
        var metadata = new ClientMetadata { Scope = "read" };

        Assert.Equal(updated, await sdk.Clients.UpdateAsync("c1", "v", ["scope", "client_uri"], metadata, "why"));

        Assert.Equal(
            new Admin.V1.UpdateClientRequest
            {
                ClientId = "c1",
                Etag = "v",
                UpdateMask = new() { Paths = { "scope", "client_uri" } },
                Metadata = metadata,
                Reason = "why",
            },
            Admin.V1.UpdateClientRequest.Parser.ParseFrom(Assert.Single(service.Calls).Message));
    }

    [Fact]
    public async Task Annotations_are_set_and_removed_by_key()
    {
        await using var service = await FakeService.StartAsync(_ => new Answer(Done));
        await using var sdk = new Sdk(service.Address);

        await sdk.Clients.UpdateAnnotationsAsync("c1", new Dictionary<string, string> { ["team"] = "billing" }, ["old"], "v", "why");

        Assert.Equal(
            new UpdateClientAnnotationsRequest
            {
                ClientId = "c1",
                Set = { ["team"] = "billing" },
                Remove = { "old" },
                Etag = "v",
                Reason = "why",
            },
            UpdateClientAnnotationsRequest.Parser.ParseFrom(Assert.Single(service.Calls).Message));
    }

    [Fact]
    public async Task A_note_is_about_a_client()
    {
        await using var service = await FakeService.StartAsync(_ => new Answer(new AddClientNoteResponse()));
        await using var sdk = new Sdk(service.Address);

        await sdk.Clients.AddNoteAsync("c1", "no answer");

        Assert.Equal(
            new AddClientNoteRequest { ClientId = "c1", Text = "no answer" },
            AddClientNoteRequest.Parser.ParseFrom(Assert.Single(service.Calls).Message));
    }

    [Fact]
    public async Task An_act_on_many_clients_shows_what_happened_to_each()
    {
        var first = new BatchDeleteClientsResponse { Result = new() { ClientId = "c1", Refusal = new() { Reason = "CLIENT_NOT_FOUND" } } };
        await using var service = await FakeService.StartAsync(_ => new Answer(first));
        await using var sdk = new Sdk(service.Address);
        var request = new BatchDeleteClientsRequest { Clients = { new ClientVersion { ClientId = "c1" } }, Reason = "why" };

        var results = new List<ClientActResult>();
        await foreach (var result in sdk.Clients.BatchDeleteAsync(request))
        {
            results.Add(result);
        }

        Assert.Equal(first.Result, Assert.Single(results));
        var call = Assert.Single(service.Calls);
        Assert.Equal(request, BatchDeleteClientsRequest.Parser.ParseFrom(call.Message));
        Assert.Null(call.Timeout);
    }

    [Fact]
    public async Task An_act_on_many_clients_that_is_refused_is_a_fault_of_the_sdk()
    {
        await using var service = await FakeService.StartAsync(_ => new Answer(Status: Grpc.Core.StatusCode.FailedPrecondition));
        await using var sdk = new Sdk(service.Address);

        await Assert.ThrowsAsync<GrpcDcrException>(async () =>
        {
            await foreach (var _ in sdk.Clients.BatchApproveAsync(new()))
            {
            }
        });
    }

    [Fact]
    public async Task A_preview_says_what_the_registration_would_present()
    {
        var preview = new RegistrationPreview { Acceptable = true, Admission = Admission.InitialAccessToken };
        await using var service = await FakeService.StartAsync(_ => new Answer(new PreviewRegistrationResponse { Preview = preview }));
        await using var sdk = new Sdk(service.Address);
        var metadata = new ClientMetadata { ClientName = "Example" };

        Assert.Equal(preview, await sdk.Clients.PreviewRegistrationAsync(metadata));
        await sdk.Clients.PreviewRegistrationAsync(metadata, "t1");
        await sdk.Clients.PreviewRegistrationAsync(metadata, withStaticToken: true);

        var open = new PreviewRegistrationRequest { Metadata = metadata };
        Assert.Equal(
            [open, new(open) { InitialAccessTokenId = "t1" }, new(open) { WithStaticToken = true }],
            service.Calls.Select(call => PreviewRegistrationRequest.Parser.ParseFrom(call.Message)));
    }

    [Fact]
    public async Task A_backup_names_its_folder()
    {
        await using var service = await FakeService.StartAsync(
            _ => new Answer(new BackUpStorageResponse { Path = "/b/nightly", SizeBytes = 9 }));
        await using var sdk = new Sdk(service.Address);
        Assert.Equal("/b/nightly", (await sdk.Storage.BackUpAsync("nightly")).Path);
        Assert.Equal("nightly", BackUpStorageRequest.Parser.ParseFrom(Assert.Single(service.Calls).Message).Name);
    }
}
