using GrpcDcr.V1;

namespace GrpcDcr.Client.Tests;

public sealed class RegistrarTests
{
    private static readonly ClientMetadata Metadata = new() { ClientName = "Example" };

    [Fact]
    public async Task A_registration_is_one_and_a_preview_asks_to_be_checked_only()
    {
        var preview = new RegistrationPreview { Acceptable = false, Violations = { new MetadataViolation { Member = "scope" } } };
        await using var service = await FakeService.StartAsync(call => new Answer(
            RegisterClientRequest.Parser.ParseFrom(call.Message).ValidateOnly
                ? new RegisterClientResponse { Preview = preview }
                : new RegisterClientResponse { ClientInformation = new() { ClientId = "c1" } }));
        await using var sdk = new Sdk(service.Address);

        Assert.Equal("c1", (await sdk.Registrar.RegisterAsync(Metadata)).ClientId);
        Assert.Equal(preview, await sdk.Registrar.PreviewAsync(Metadata));

        Assert.All(service.Calls, call => Assert.Equal(Metadata, RegisterClientRequest.Parser.ParseFrom(call.Message).Metadata));
    }

    [Fact]
    public async Task A_preview_presents_the_token_a_registration_would()
    {
        await using var service = await FakeService.StartAsync(_ => new Answer(new RegisterClientResponse { Preview = new() }));
        await using var sdk = new Sdk(service.Address, options => options.InitialAccessToken = "configured");
        await sdk.Registrar.PreviewAsync(Metadata);
        await sdk.Registrar.PreviewAsync(Metadata, "given");
        Assert.Equal(["Bearer configured", "Bearer given"], service.Calls.Select(call => call.Authorization));
    }
}
