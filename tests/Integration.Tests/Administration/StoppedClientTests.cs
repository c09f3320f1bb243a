using System.Net;
using Google.Rpc;
using Grpc.Core;
using GrpcDcr.TestKit.Service;
using GrpcDcr.V1;

namespace GrpcDcr.Integration.Tests.Administration;

/// <summary>A client that an administrator stopped may read and delete itself, and nothing else until an administrator acts.</summary>
public sealed class StoppedClientTests(OpenServer shared) : IClassFixture<OpenServer>
{
    private const string Update = "\"redirect_uris\":[\"https://client.example/cb\"],\"client_name\":\"Back again\"";

    private readonly RunningServer _server = shared.Server;

    public static TheoryData<string, string> Stops { get; } = new()
    {
        { "reject", "rejected" }, { "suspend", "suspended" }, { "approve suspend", "suspended" }, { "reject suspend", "suspended" },
    };

    [Theory]
    [MemberData(nameof(Stops))]
    public async Task Reads_why_it_was_stopped(string acts, string status)
    {
        var client = await StoppedAsync(acts);

        var read = (await client.ReadAsync()).IsRecord();

        Assert.Equal((status, "The name is taken."), (read.Text("client_status"), read.Text("public_reason")));
        Assert.Equal(["https://client.example/cb"], read.Json.Strings("redirect_uris"));
    }

    [Theory]
    [MemberData(nameof(Stops))]
    public async Task Cannot_update_itself_however_often_it_tries(string acts, string status)
    {
        var client = await StoppedAsync(acts);
        var before = await _server.ClientAsync(client.ClientId);

        for (var i = 0; i < 3; i++)
        {
            var refused = await client.UpdateAsync(Update);
            refused.IsRefusal("access_denied", HttpStatusCode.Forbidden, refused.Body);
            Assert.Contains(status, refused.Description, StringComparison.Ordinal);
        }

        Assert.Equal(before, await _server.ClientAsync(client.ClientId));
    }

    [Theory]
    [MemberData(nameof(Stops))]
    public async Task Gets_a_reason_of_its_own_over_grpc(string acts, string status)
    {
        var client = await StoppedAsync(acts);
        var update = new UpdateClientRequest
        {
            ClientId = client.ClientId,
            Client = new() { ClientId = client.ClientId, Metadata = new() { RedirectUris = { "https://client.example/cb" } } },
        };

        var refused = await Assert.ThrowsAsync<RpcException>(async () =>
            await _server.Registration(client.Token).UpdateClientAsync(update));

        var info = refused.GetRpcStatus()!.GetDetail<ErrorInfo>()!;
        Assert.Equal((StatusCode.PermissionDenied, "UPDATE_FORBIDDEN"), (refused.StatusCode, info.Reason));
        Assert.Equal((status.ToUpperInvariant(), "access_denied"), (info.Metadata["state"], info.Metadata["oauth_error"]));
    }

    [Theory]
    [MemberData(nameof(Stops))]
    public async Task Deletes_itself(string acts, string status)
    {
        var client = await StoppedAsync(acts);
        Assert.Equal(status, (await client.ReadAsync()).IsRecord().Text("client_status"));

        Assert.Equal(HttpStatusCode.NoContent, (await client.DeleteAsync()).Status);

        (await client.ReadAsync()).IsUnknownToken();
    }

    [Fact]
    public async Task Updates_itself_again_after_an_administrator_acted()
    {
        var client = await StoppedAsync("reject");
        await _server.ActAsync(client.ClientId, "approve");

        var updated = (await client.UpdateAsync("\"redirect_uris\":[\"https://client.example/cb\"]")).IsRecord();

        Assert.Equal(("active", null), (updated.Text("client_status"), updated.Text("public_reason")));
    }

    private async Task<OwnRecord> StoppedAsync(string acts)
    {
        var client = await OwnRecord.RegisterAsync(_server);
        foreach (var act in acts.Split(' '))
        {
            var body = act == "approve" ? "{}" : """{"reason":"because","public_reason":"The name is taken."}""";
            Assert.Equal(HttpStatusCode.OK, (await _server.ActAsync(client.ClientId, act, body)).Status);
        }

        return client;
    }
}
