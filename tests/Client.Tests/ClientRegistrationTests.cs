using Grpc.Core;
using GrpcDcr.V1;

namespace GrpcDcr.Client.Tests;

public sealed class ClientRegistrationTests
{
    private static readonly ClientMetadata Metadata = new() { ClientName = "Example" };

    /// <summary>The responses of RFC 7592 have their client in field 1, so that one answer serves them all.</summary>
    private static readonly ReadClientResponse Rotated = new()
    {
        ClientInformation = new() { ClientId = "c1", RegistrationAccessToken = "next" },
    };

    [Fact]
    public async Task A_registration_sends_the_metadata_and_its_request_id()
    {
        await using var service = await FakeService.StartAsync(_ =>
            new Answer(new RegisterClientResponse { ClientInformation = new() { ClientId = "c1" } }));
        await using var sdk = new Sdk(service.Address);
        var id = new Guid("0190a4be-0000-7000-8000-000000000001");

        Assert.Equal("c1", (await sdk.Registration.RegisterAsync(Metadata)).ClientId);
        await sdk.Registration.RegisterAsync(Metadata, requestId: id);

        var plain = new RegisterClientRequest { Metadata = Metadata };
        Assert.Equal(
            [plain, new(plain) { RequestId = "0190a4be-0000-7000-8000-000000000001" }],
            service.Calls.Select(call => RegisterClientRequest.Parser.ParseFrom(call.Message)));
    }

    [Fact]
    public async Task A_preview_presents_the_token_a_registration_would()
    {
        var preview = new RegistrationPreview { Acceptable = false, Violations = { new MetadataViolation { Field = "scope" } } };
        await using var service = await FakeService.StartAsync(_ => new Answer(new PreviewRegistrationResponse { Preview = preview }));
        await using var sdk = new Sdk(service.Address);

        Assert.Equal(preview, await sdk.Registration.PreviewAsync(Metadata));
        await sdk.Registration.PreviewAsync(Metadata, "given");

        Assert.Equal(["Bearer initial", "Bearer given"], service.Calls.Select(call => call.Authorization));
        Assert.All(service.Calls, call => Assert.Equal(Metadata, PreviewRegistrationRequest.Parser.ParseFrom(call.Message).Metadata));
    }

    [Fact]
    public async Task Management_presents_the_registration_access_token_and_none_that_is_configured()
    {
        await using var service = await FakeService.StartAsync(_ => new Answer(Rotated));
        await using var sdk = new Sdk(service.Address);

        Assert.Equal("next", (await sdk.Registration.ReadAsync("c1", "mine")).RegistrationAccessToken);
        Assert.Equal("next", (await sdk.Registration.UpdateAsync("c1", "mine", new())).RegistrationAccessToken);
        await sdk.Registration.DeleteAsync("c1", "mine");

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

        await sdk.Registration.UpdateAsync("c1", "mine", metadata);
        await sdk.Registration.UpdateAsync("c1", "mine", metadata, new ClientInformation().ClientSecret);
        await sdk.Registration.UpdateAsync("c1", "mine", metadata, "s");

        var document = new ClientUpdate { ClientId = "c1", Metadata = metadata };
        var sent = service.Calls.Select(call => UpdateClientRequest.Parser.ParseFrom(call.Message).Client).ToArray();
        Assert.Equal([document, document, new(document) { ClientSecret = "s" }], sent);
        Assert.Equal([false, false, true], sent.Select(client => client.HasClientSecret));
    }

    [Theory]
    [InlineData(StatusCode.Unauthenticated, "CREDENTIAL_INVALID", ErrorReason.CredentialInvalid)]
    [InlineData(StatusCode.PermissionDenied, "ACT_FORBIDDEN", ErrorReason.ActForbidden)]
    [InlineData(StatusCode.Unimplemented, "ACT_NOT_OFFERED", ErrorReason.ActNotOffered)]
    public async Task A_refusal_is_a_fault(StatusCode status, string name, ErrorReason reason)
    {
        await using var service = await FakeService.StartAsync(_ => Faults.Refused(status, name));
        await using var sdk = new Sdk(service.Address);
        var fault = await Assert.ThrowsAsync<GrpcDcrException>(() => sdk.Registration.ReadAsync("c1", "mine"));
        Assert.Equal((status, reason), (fault.StatusCode, fault.Reason));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task A_missing_token_or_document_is_not_sent(string? token)
    {
        await using var service = await FakeService.StartAsync(_ => new Answer(Rotated));
        await using var sdk = new Sdk(service.Address);
        await Assert.ThrowsAnyAsync<ArgumentException>(() => sdk.Registration.DeleteAsync("c1", token!));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => sdk.Registration.UpdateAsync("c1", "mine", null!));
        Assert.Empty(service.Calls);
    }
}
