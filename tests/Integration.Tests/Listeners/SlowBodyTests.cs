using Grpc.Core;
using GrpcDcr.TestKit.Service;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace GrpcDcr.Integration.Tests.Listeners;

/// <summary>A body has a total time, however steadily it arrives, so that no caller can delay a stop of the service.</summary>
public sealed class SlowBodyTests(OpenServer shared) : IClassFixture<OpenServer>
{
    /// <summary>So much that Kestrel, which wants 240 bytes a second, does not refuse the body before the test ends.</summary>
    private static readonly string Beginning = "{" + new string(' ', 16_000);

    private readonly RunningServer _server = shared.Server;

    [Fact]
    public async Task Is_refused_at_the_public_listener()
    {
        using var request = await RawRequest.RegistrationAsync(
            _server.PublicAddress, "Content-Type: application/json", "Content-Length: 60000");
        await request.SendAsync(Beginning);

        var answer = await AfterTenSecondsAsync(request.AnswerAsync());

        Assert.Equal((408, "invalid_request", "close"), (answer.Status, answer.Error, answer.Headers["Connection"]));
    }

    [Fact]
    public async Task Is_refused_at_the_admin_listener()
    {
        using var request = await RawRequest.OpenAsync(_server.AdminAddress);
        await request.SendAsync(
            $"POST /admin/v1/registration:close HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {RunningServer.AdminToken}\r\n"
            + $"Content-Type: application/json\r\nContent-Length: 60000\r\n\r\n{Beginning}");

        var answer = await AfterTenSecondsAsync(request.AnswerAsync());

        Assert.Equal((408, "close"), (answer.Status, answer.Headers["Connection"]));
        Assert.Contains("\"BODY_TOO_SLOW\"", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_refused_at_the_internal_listener()
    {
        using var call = await AfterTenSecondsAsync(NativeCall.RegisterWithoutEndAsync(
            _server, token: null, [0, 0, 0, 0xea, 0x60, .. System.Text.Encoding.ASCII.GetBytes(Beginning)]));

        Assert.Equal(StatusCode.DeadlineExceeded, call.Status);
    }

    [Fact]
    public void A_stop_waits_for_ten_seconds_at_the_most() => Assert.InRange(
        _server.Services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout,
        TimeSpan.FromSeconds(1),
        TimeSpan.FromSeconds(10));

    private async Task<T> AfterTenSecondsAsync<T>(Task<T> answer)
    {
        await Eventually.HoldsAsync(() =>
        {
            _server.Time.Advance(TimeSpan.FromSeconds(10));
            return Task.FromResult(answer.IsCompleted);
        });
        return await answer;
    }
}
