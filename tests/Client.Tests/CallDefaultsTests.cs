using System.Globalization;
using Grpc.Core;
using GrpcDcr.V1;

namespace GrpcDcr.Client.Tests;

public sealed class CallDefaultsTests
{
    [Fact]
    public async Task Each_service_gets_its_own_token()
    {
        await using var service = await FakeService.StartAsync(_ => new Answer(Status: StatusCode.Internal));
        await using var sdk = new Sdk(service.Address, options =>
            (options.InitialAccessToken, options.DirectoryToken, options.OperatorToken) = ("initial", "directory", "operator"));

        await CallAllAsync(sdk);

        Assert.Equal(
            ["Bearer initial", "Bearer directory", .. Enumerable.Repeat("Bearer operator", 5)],
            service.Calls.Select(call => call.Authorization));
    }

    [Fact]
    public async Task The_operator_token_serves_the_directory_too_but_never_registers()
    {
        await using var service = await FakeService.StartAsync(_ => new Answer(Status: StatusCode.Internal));
        await using var sdk = new Sdk(service.Address, options => options.OperatorToken = "operator");

        await CallAllAsync(sdk);

        Assert.Equal([null, .. Enumerable.Repeat("Bearer operator", 6)], service.Calls.Select(call => call.Authorization));
    }

    [Fact]
    public async Task No_configured_token_stands_in_for_a_registration_access_token()
    {
        await using var service = await FakeService.StartAsync(_ => new Answer(Status: StatusCode.Internal));
        await using var sdk = new Sdk(service.Address, options =>
            (options.InitialAccessToken, options.DirectoryToken, options.OperatorToken) = ("initial", "directory", "operator"));
        var stub = sdk.Stub<ClientRegistration.ClientRegistrationClient>();

        Assert.Throws<GrpcDcrException>(() => stub.ReadClient(new()));
        Assert.Throws<GrpcDcrException>(() => stub.UpdateClient(new()));
        Assert.Throws<GrpcDcrException>(() => stub.DeleteClient(new()));

        Assert.Equal([null, null, null], service.Calls.Select(call => call.Authorization));
    }

    [Fact]
    public async Task A_token_given_with_the_call_stands_instead_of_the_configured_one()
    {
        await using var service = await FakeService.StartAsync(_ => new Answer(new RegisterClientResponse { ClientInformation = new() }));
        await using var sdk = new Sdk(service.Address, options => options.InitialAccessToken = "configured");

        await sdk.Registrar.RegisterAsync(new ClientMetadata(), "given");

        Assert.Equal("Bearer given", Assert.Single(service.Calls).Authorization);
    }

    [Fact]
    public async Task Every_call_carries_the_deadline_and_a_backup_its_own()
    {
        await using var service = await FakeService.StartAsync(_ => new Answer(Status: StatusCode.Internal));
        await using var sdk = new Sdk(service.Address, options =>
            (options.Deadline, options.BackUpDeadline) = (TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(300)));

        await CallAllAsync(sdk);

        var seconds = service.Calls.Select(call => Seconds(call.Timeout!)).ToArray();
        Assert.All(seconds[..^1], left => Assert.InRange(left, 10, 20));
        Assert.InRange(seconds[^1], 200, 300);
    }

    [Fact]
    public async Task A_service_that_does_not_answer_ends_the_call_at_its_deadline()
    {
        await using var service = await FakeService.StartAsync(_ => null);
        await using var sdk = new Sdk(service.Address, options => options.Deadline = TimeSpan.FromMilliseconds(200));
        var fault = await Assert.ThrowsAsync<GrpcDcrException>(() => sdk.Directory.FindAsync("c1"));
        Assert.Equal(StatusCode.DeadlineExceeded, fault.StatusCode);
        Assert.Null(fault.Error);
    }

    /// <summary>One call of each service, in the order of their tokens above; what they answer does not matter.</summary>
    private static async Task CallAllAsync(Sdk sdk)
    {
        Func<Task>[] calls =
        [
            () => sdk.Registrar.RegisterAsync(new ClientMetadata()),
            () => sdk.Directory.FindAsync("c1"),
            () => sdk.Administrator.GetAsync("c1"),
            () => sdk.Tokens.GetAsync("t1"),
            () => sdk.Registration.GetSwitchAsync(),
            async () => await sdk.AuditLog.ListAsync().GetAsyncEnumerator().MoveNextAsync(),
            () => sdk.Storage.BackUpAsync(),
        ];
        foreach (var call in calls)
        {
            await Assert.ThrowsAsync<GrpcDcrException>(call);
        }
    }

    /// <summary>The <c>grpc-timeout</c> header: digits and a unit.</summary>
    private static double Seconds(string timeout) => double.Parse(timeout[..^1], CultureInfo.InvariantCulture) * timeout[^1] switch
    {
        'H' => 3600,
        'M' => 60,
        'S' => 1,
        'm' => 1e-3,
        'u' => 1e-6,
        'n' => 1e-9,
        _ => throw new ArgumentException(timeout, nameof(timeout)),
    };
}
