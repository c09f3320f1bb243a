using GrpcDcr.Admin.V1;

namespace GrpcDcr.Client.Tests;

public sealed class RegistrationControlTests
{
    [Fact]
    public async Task Registration_is_closed_and_opened_with_a_reason()
    {
        var status = new RegistrationStatus { Enabled = false, Closed = true, Reason = "why" };
        await using var service = await FakeService.StartAsync(_ =>
            new Answer(new GetRegistrationStatusResponse { RegistrationStatus = status }));
        await using var sdk = new Sdk(service.Address);

        Assert.Equal(status, await sdk.Control.GetStatusAsync());
        Assert.Equal(status, await sdk.Control.CloseAsync("why"));
        Assert.Equal(status, await sdk.Control.OpenAsync("why not"));
        await sdk.Control.CloseAsync();

        Assert.Equal(
            ["GetRegistrationStatus ", "CloseRegistration why", "OpenRegistration why not", "CloseRegistration "],
            service.Calls.Select(call => $"{call.Path.Split('/')[^1]} {CloseRegistrationRequest.Parser.ParseFrom(call.Message).Reason}"));
    }
}
