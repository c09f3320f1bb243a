using System.Net;
using System.Net.Sockets;
using GrpcDcr.TestKit.Samples;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Conformance.Tests.Rfc7591;

/// <summary>RFC 7591 section 5: addresses that clients name, and who calls them.</summary>
public sealed class FetchingTests(OpenServer shared, FetchingTests.Curious curious)
    : IClassFixture<OpenServer>, IClassFixture<FetchingTests.Curious>
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

    [Theory]
    [InlineData("jwks_uri")]
    [InlineData("sector_identifier_uri")]
    [Requirement("7591-5-08")]
    public async Task Refuses_what_it_would_fetch_from_inside(string member)
    {
        using var target = new TcpListener(IPAddress.IPv6Any, 0);
        target.Server.DualMode = true;
        target.Start();
        var port = ((IPEndPoint)target.LocalEndpoint).Port;
        string[] hosts =
        [
            $"127.0.0.1:{port}", $"localhost:{port}", $"[::1]:{port}", $"[::ffff:127.0.0.1]:{port}", $"0.0.0.0:{port}", $"127.0.0.2:{port}",
            $"[64:ff9b::7f00:1]:{port}", "169.254.169.254", "10.0.0.1", "192.168.0.1", "[fe80::1]", "[fd00::1]",
        ];
        foreach (var host in hosts)
        {
            var refusal = await curious.Server.RefusedAsync(
                "invalid_client_metadata", Bodies.With($"\"{member}\":\"https://{host}/x\",\"subject_type\":\"pairwise\""));
            Assert.Contains(member, refusal.Description, StringComparison.Ordinal);
        }

        Assert.False(target.Pending());
    }

    /// <summary>Fetches all that it can.</summary>
    public sealed class Curious() : SharedServer([.. Deployments.Full, "Registration:CheckJwksUri=true"]);
}
