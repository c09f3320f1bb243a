using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Integration.Tests.Administration;

/// <summary>What a client learns about the decision of an administrator.</summary>
public sealed class PublicReasonTests
{
    [Theory]
    [InlineData("reject", "rejected")]
    [InlineData("suspend", "suspended")]
    public async Task The_client_reads_the_reason_for_users_and_not_the_other(string act, string status)
    {
        await using var server = await RunningServer.StartAsync();
        var own = await OwnRecord.RegisterAsync(server);
        await server.ActAsync(
            own.ClientId, act, """{"reason":"looks like phishing","public_reason":"The name belongs to another company."}""");

        var read = (await own.ReadAsync()).IsRecord();

        Assert.Equal((status, "The name belongs to another company."), (read.Text("client_status"), read.Text("public_reason")));
        Assert.DoesNotContain("phishing", read.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_reason_for_users_the_client_reads_none()
    {
        await using var server = await RunningServer.StartAsync();
        var own = await OwnRecord.RegisterAsync(server);
        await server.ActAsync(own.ClientId, "reject", """{"reason":"looks like phishing"}""");

        var read = (await own.ReadAsync()).IsRecord();

        Assert.False(read.Json.TryGetProperty("public_reason", out _));
        Assert.DoesNotContain("phishing", read.Body, StringComparison.Ordinal);
    }
}
