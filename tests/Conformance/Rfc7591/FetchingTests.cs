using System.Net;
using System.Net.Sockets;
using GrpcDcr.Doors.Tests.Support;

namespace GrpcDcr.Conformance.Tests.Rfc7591;

/// <summary>RFC 7591 section 5: addresses that clients name, and who calls them.</summary>
public sealed class FetchingTests(OpenServer shared) : IClassFixture<OpenServer>
{
    [Theory]
    [InlineData("logo_uri")]
    [InlineData("client_uri")]
    [InlineData("policy_uri")]
    [InlineData("tos_uri")]
    [InlineData("jwks_uri")]
    [InlineData("sector_identifier_uri")]
    [Requirement("7591-5-08")]
    public async Task Sends_no_request_to_this_machine(string member)
    {
        using var target = new TcpListener(IPAddress.Loopback, 0);
        target.Start();
        var port = ((IPEndPoint)target.LocalEndpoint).Port;

        foreach (var host in new[] { "127.0.0.1", "localhost", "[::ffff:127.0.0.1]" })
        {
            var answer = await shared.Server.RegisterAsync(Bodies.With($"\"{member}\":\"https://{host}:{port}/x\""));

            Assert.True(answer.Status is HttpStatusCode.Created or HttpStatusCode.BadRequest, answer.Body);
        }

        Assert.False(target.Pending());
    }
}
