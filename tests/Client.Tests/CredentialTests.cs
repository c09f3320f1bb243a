using System.Globalization;
using Grpc.Core;
using GrpcDcr.V1;
using Microsoft.Extensions.DependencyInjection;

namespace GrpcDcr.Client.Tests;

public sealed class CredentialTests
{
    [Fact]
    public async Task Each_role_presents_its_own_token()
    {
        await using var service = await FakeService.StartAsync(_ => new Answer(Status: StatusCode.Internal));
        await using var sdk = new Sdk(service.Address);

        await CallAllAsync(sdk);

        Assert.Equal(
            ["Bearer initial", "Bearer directory", "Bearer secrets", .. Enumerable.Repeat("Bearer admin", 5)],
            service.Calls.Select(call => call.Authorization));
    }

    [Fact]
    public async Task No_role_lends_its_token_to_another()
    {
        await using var service = await FakeService.StartAsync(_ => new Answer(Status: StatusCode.Internal));
        await using var sdk = new Sdk(service.Address, options =>
        {
            if (options is GrpcDcrRoleOptions role and not GrpcDcrAdministrationOptions)
            {
                role.Token = null;
            }
            else if (options is GrpcDcrRegistrationOptions registration)
            {
                registration.InitialAccessToken = null;
            }
        });

        await CallAllAsync(sdk);

        Assert.Equal([null, null, null, .. Enumerable.Repeat("Bearer admin", 5)], service.Calls.Select(call => call.Authorization));
    }

    [Fact]
    public async Task A_token_given_with_the_call_stands_instead_of_the_configured_one()
    {
        await using var service = await FakeService.StartAsync(_ => new Answer(new RegisterClientResponse { ClientInformation = new() }));
        await using var sdk = new Sdk(service.Address);

        await sdk.Registration.RegisterAsync(new ClientMetadata(), "given");

        Assert.Equal("Bearer given", Assert.Single(service.Calls).Authorization);
    }

    [Fact]
    public async Task A_token_can_come_from_a_function_that_is_asked_for_each_call()
    {
        await using var service = await FakeService.StartAsync(_ => new Answer(Status: StatusCode.Internal));
        var count = 0;
        var services = new ServiceCollection();
        services.AddGrpcDcrDirectory(options =>
        {
            options.Address = service.Address;
            options.TokenProvider = async cancellationToken =>
            {
                await Task.Yield();
                cancellationToken.ThrowIfCancellationRequested();
                return $"token-{++count}";
            };
        });
        await using var provider = services.BuildServiceProvider();
        var directory = provider.GetRequiredService<ClientDirectoryClient>();

        await Assert.ThrowsAsync<GrpcDcrException>(() => directory.FindAsync("c1"));
        await Assert.ThrowsAsync<GrpcDcrException>(() => directory.FindAsync("c1"));
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => directory.FindAsync("c1", cancellationToken: stopped.Token));

        Assert.Equal(["Bearer token-1", "Bearer token-2"], service.Calls.Select(call => call.Authorization));
    }

    [Fact]
    public async Task Every_call_carries_the_deadline_and_a_backup_its_own()
    {
        await using var service = await FakeService.StartAsync(_ => new Answer(Status: StatusCode.Internal));
        await using var sdk = new Sdk(service.Address, options =>
        {
            options.Deadline = TimeSpan.FromSeconds(20);
            if (options is GrpcDcrAdministrationOptions administration)
            {
                administration.BackUpDeadline = TimeSpan.FromSeconds(300);
            }
        });

        await CallAllAsync(sdk);

        var seconds = service.Calls.Select(call => Seconds(call.Timeout!)).ToArray();
        Assert.All(seconds[..^1], left => Assert.InRange(left, 10, 20));
        Assert.InRange(seconds[^1], 200, 300);
    }

    [Fact]
    public async Task An_authorization_server_waits_two_seconds_by_default()
    {
        await using var service = await FakeService.StartAsync(_ => new Answer(Status: StatusCode.Internal));
        await using var sdk = new Sdk(service.Address);

        await CallAllAsync(sdk);

        var seconds = service.Calls.Select(call => Seconds(call.Timeout!)).ToArray();
        Assert.All(seconds[1..3], left => Assert.InRange(left, 0.1, 2));
        Assert.All([seconds[0], .. seconds[3..^1]], left => Assert.InRange(left, 5, 10));
    }

    [Fact]
    public async Task A_service_that_does_not_answer_ends_the_call_at_its_deadline()
    {
        await using var service = await FakeService.StartAsync(_ => null);
        await using var sdk = new Sdk(service.Address, options => options.Deadline = TimeSpan.FromMilliseconds(200));
        var fault = await Assert.ThrowsAsync<GrpcDcrException>(() => sdk.Directory.FindAsync("c1"));
        Assert.Equal(StatusCode.DeadlineExceeded, fault.StatusCode);
        Assert.Null(fault.ReasonName);
        Assert.True(fault.IsTransient);
    }

    /// <summary>One call of each service, in the order of their tokens above; what they answer does not matter.</summary>
    private static async Task CallAllAsync(Sdk sdk)
    {
        Func<Task>[] calls =
        [
            () => sdk.Registration.RegisterAsync(new ClientMetadata()),
            () => sdk.Directory.FindAsync("c1"),
            () => sdk.Secrets.RevealAsync("c1"),
            () => sdk.Clients.GetAsync("c1"),
            () => sdk.Tokens.GetAsync("t1"),
            () => sdk.Control.GetStatusAsync(),
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
