using GrpcDcr.V1;

namespace GrpcDcr.Client.Tests;

public sealed class RegistrationSwitchTests
{
    [Fact]
    public async Task The_switch_is_read_and_turned_with_a_reason()
    {
        var position = new RegistrationSwitch { Closed = true, Reason = "why" };
        await using var service = await FakeService.StartAsync(_ =>
            new Answer(new GetRegistrationSwitchResponse { RegistrationSwitch = position }));
        await using var sdk = new Sdk(service.Address);

        Assert.Equal(position, await sdk.Registration.GetSwitchAsync());
        Assert.Equal(position, await sdk.Registration.CloseAsync("why"));
        Assert.Equal(position, await sdk.Registration.OpenAsync("why not"));
        await sdk.Registration.CloseAsync();

        Assert.Equal(
            ["GetRegistrationSwitch ", "CloseRegistration why", "OpenRegistration why not", "CloseRegistration "],
            service.Calls.Select(call => $"{call.Path.Split('/')[^1]} {CloseRegistrationRequest.Parser.ParseFrom(call.Message).Reason}"));
    }
}
