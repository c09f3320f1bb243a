using Grpc.Core;
using GrpcDcr.V1;

namespace GrpcDcr.Client.Tests;

public sealed class ClientConfigurationTests
{
    /// <summary>The responses of RFC 7592 have their client in field 1, so that one answer serves them all.</summary>
    private static readonly ReadClientResponse Rotated = new()
    {
        ClientInformation = new() { ClientId = "c1", RegistrationAccessToken = "next" },
    };

    [Fact]
    public async Task Every_call_presents_the_registration_access_token_and_none_that_is_configured()
    {
        await using var service = await FakeService.StartAsync(_ => new Answer(Rotated));
        await using var sdk = new Sdk(service.Address, options =>
            (options.InitialAccessToken, options.DirectoryToken, options.OperatorToken) = ("initial", "directory", "operator"));

        Assert.Equal("next", (await sdk.Configuration.ReadAsync("c1", "mine")).RegistrationAccessToken);
        Assert.Equal("next", (await sdk.Configuration.UpdateAsync("c1", "mine", new())).RegistrationAccessToken);
        await sdk.Configuration.DeleteAsync("c1", "mine");

        Assert.Equal(["ReadClient", "UpdateClient", "DeleteClient"], service.Calls.Select(call => call.Path.Split('/')[^1]));
        Assert.All(service.Calls, call => Assert.Equal("Bearer mine", call.Authorization));
        Assert.All(service.Calls, call => Assert.Equal("c1", ReadClientRequest.Parser.ParseFrom(call.Message).ClientId));
    }

    [Fact]
    public async Task An_update_sends_the_whole_document_and_the_secret_only_when_given()
    {
        await using var service = await FakeService.StartAsync(_ => new Answer(Rotated));
        await using var sdk = new Sdk(service.Address);
        var metadata = new ClientMetadata { ClientName = "Example", DefaultMaxAge = 0 };

        await sdk.Configuration.UpdateAsync("c1", "mine", metadata);
        await sdk.Configuration.UpdateAsync("c1", "mine", metadata, new ClientInformation().ClientSecret);
        await sdk.Configuration.UpdateAsync("c1", "mine", metadata, "s");

        var document = new ClientUpdate { ClientId = "c1", Metadata = metadata };
        var sent = service.Calls.Select(call => UpdateClientRequest.Parser.ParseFrom(call.Message).Client).ToArray();
        Assert.Equal([document, document, new(document) { ClientSecret = "s" }], sent);
        Assert.Equal([false, false, true], sent.Select(client => client.HasClientSecret));
    }

    [Theory]
    [InlineData(StatusCode.Unauthenticated, "invalid_token", GrpcDcrError.InvalidToken)]
    [InlineData(StatusCode.PermissionDenied, "insufficient_scope", GrpcDcrError.InsufficientScope)]
    [InlineData(StatusCode.Unimplemented, "invalid_request", GrpcDcrError.InvalidRequest)]
    public async Task A_refusal_is_a_fault(StatusCode status, string reason, string error)
    {
        await using var service = await FakeService.StartAsync(_ => Faults.Refused(status, reason));
        await using var sdk = new Sdk(service.Address);
        var fault = await Assert.ThrowsAsync<GrpcDcrException>(() => sdk.Configuration.ReadAsync("c1", "mine"));
        Assert.Equal((status, error), (fault.StatusCode, fault.Error));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task A_missing_token_or_document_is_not_sent(string? token)
    {
        await using var service = await FakeService.StartAsync(_ => new Answer(Rotated));
        await using var sdk = new Sdk(service.Address);
        await Assert.ThrowsAnyAsync<ArgumentException>(() => sdk.Configuration.DeleteAsync("c1", token!));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => sdk.Configuration.UpdateAsync("c1", "mine", null!));
        Assert.Empty(service.Calls);
    }
}
