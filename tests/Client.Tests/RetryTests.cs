using Grpc.Core;
using GrpcDcr.Directory.V1;
using GrpcDcr.V1;

namespace GrpcDcr.Client.Tests;

public sealed class RetryTests
{
    private static readonly Answer Unavailable = new(Status: StatusCode.Unavailable, Detail: "starting");

    [Fact]
    public void Only_calls_that_change_nothing_are_safe()
    {
        string[] safe =
        [
            "grpcdcr.directory.v1.ClientDirectory.GetClient",
            "grpcdcr.directory.v1.ClientDirectory.AuthenticateClient",
            "grpcdcr.directory.v1.ClientDirectory.CheckRedirectUri",
            "grpcdcr.directory.v1.ClientSecrets.RevealClientSecret",
            "grpcdcr.v1.ClientRegistration.ReadClient",
            "grpcdcr.v1.ClientRegistration.PreviewRegistration",
            "grpcdcr.admin.v1.ClientAdministration.ListClients",
            "grpcdcr.admin.v1.ClientAdministration.CountClients",
            "grpcdcr.admin.v1.ClientAdministration.GetClient",
            "grpcdcr.admin.v1.ClientAdministration.PreviewRegistration",
            "grpcdcr.admin.v1.InitialAccessTokens.GetInitialAccessToken",
            "grpcdcr.admin.v1.InitialAccessTokens.ListInitialAccessTokens",
            "grpcdcr.admin.v1.RegistrationControl.GetRegistrationStatus",
            "grpcdcr.admin.v1.BlockRules.ListBlockRules",
            "grpcdcr.admin.v1.AuditLog.ListAuditEvents",
        ];
        Assert.Equal(safe, RetryRules.Methods.Select(method => method.FullName));
    }

    [Fact]
    public async Task A_safe_call_is_sent_again_until_the_service_is_back()
    {
        var attempts = 0;
        await using var service = await FakeService.StartAsync(_ =>
            ++attempts < 4 ? Unavailable : new Answer(new GetClientResponse { Client = new() { ClientId = "c1" } }));
        await using var sdk = new Sdk(service.Address);

        Assert.Equal("c1", (await sdk.Directory.FindAsync("c1"))?.ClientId);
        Assert.Equal(4, service.Calls.Count);
    }

    [Fact]
    public async Task A_read_that_is_sent_again_presents_the_same_registration_access_token()
    {
        var attempts = 0;
        var read = new ReadClientResponse { ClientInformation = new() { RegistrationAccessToken = "next" } };
        await using var service = await FakeService.StartAsync(_ => ++attempts < 2 ? Unavailable : new Answer(read));
        await using var sdk = new Sdk(service.Address);

        Assert.Equal("next", (await sdk.Registration.ReadAsync("c1", "mine")).RegistrationAccessToken);
        Assert.Equal(["Bearer mine", "Bearer mine"], service.Calls.Select(call => call.Authorization));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(2)]
    [InlineData(1)]
    public async Task A_safe_call_gives_up_after_the_attempts_that_are_set(int attempts)
    {
        await using var service = await FakeService.StartAsync(_ => Unavailable);
        await using var sdk = new Sdk(service.Address, options => options.MaxAttempts = attempts);

        var fault = await Assert.ThrowsAsync<GrpcDcrException>(() => sdk.Directory.FindAsync("c1"));
        Assert.Equal(StatusCode.Unavailable, fault.StatusCode);
        Assert.Equal(attempts, service.Calls.Count);
    }

    [Fact]
    public async Task A_call_that_changes_something_is_sent_once()
    {
        await using var service = await FakeService.StartAsync(_ => Unavailable);
        await using var sdk = new Sdk(service.Address);
        Func<Task>[] changes =
        [
            () => sdk.Registration.RegisterAsync(new ClientMetadata()),
            () => sdk.Registration.UpdateAsync("c1", "mine", new()),
            () => sdk.Registration.DeleteAsync("c1", "mine"),
            () => sdk.Clients.ApproveAsync("c1", "v"),
            () => sdk.Clients.RejectAsync("c1", "v", "why"),
            () => sdk.Clients.SuspendAsync("c1"),
            () => sdk.Clients.ReinstateAsync("c1", "v"),
            () => sdk.Clients.DeleteAsync("c1"),
            () => sdk.Clients.CreateAsync(new()),
            () => sdk.Clients.UpdateAsync("c1", "v", ["scope"], new()),
            () => sdk.Clients.UpdateAnnotationsAsync("c1", remove: ["team"]),
            () => sdk.Clients.AddNoteAsync("c1", "no answer"),
            () => sdk.Clients.RotateSecretAsync("c1"),
            () => sdk.Clients.ReissueRegistrationAccessTokenAsync("c1"),
            () => sdk.Tokens.IssueAsync(new()),
            () => sdk.Tokens.RevokeAsync("t1"),
            () => sdk.Control.CloseAsync(),
            () => sdk.Control.OpenAsync(),
            () => sdk.Blocks.CreateAsync(new()),
            () => sdk.Blocks.DeleteAsync("b1"),
            () => sdk.Storage.BackUpAsync(),
        ];
        foreach (var change in changes)
        {
            await Assert.ThrowsAsync<GrpcDcrException>(change);
        }

        Assert.Equal(changes.Length, service.Calls.Count);
    }

    [Theory]
    [InlineData(StatusCode.Internal)]
    [InlineData(StatusCode.ResourceExhausted)]
    [InlineData(StatusCode.Unauthenticated)]
    public async Task Only_an_unavailable_service_is_asked_again(StatusCode status)
    {
        await using var service = await FakeService.StartAsync(_ => new Answer(Status: status));
        await using var sdk = new Sdk(service.Address);
        await Assert.ThrowsAsync<GrpcDcrException>(() => sdk.Directory.FindAsync("c1"));
        Assert.Single(service.Calls);
    }
}
