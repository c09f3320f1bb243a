using System.Net;
using Grpc.Core;
using GrpcDcr.Admin.V1;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Integration.Tests.Listeners;

/// <summary>Every response has the identifier that the log and the audit log have.</summary>
public sealed class RequestIdTests(OpenServer shared) : IClassFixture<OpenServer>
{
    private const string Header = "X-Request-ID";

    private readonly RunningServer _server = shared.Server;

    [Fact]
    public async Task Responses_over_http_have_it_and_no_two_the_same()
    {
        using var anybody = new HttpClient();
        Uri[] places =
        [
            new(_server.PublicAddress, "/.well-known/oauth-authorization-server"), new(_server.PublicAddress, "/nothing"),
            new(_server.PublicAddress, "/oauth/register"), new(_server.AdminAddress, "/admin/v1/clients"),
            new(_server.ManagementAddress, "/health/ready"), new(_server.ManagementAddress, "/nothing"),
        ];
        var seen = new List<string>();
        foreach (var place in places)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, place) { Headers = { { Header, "of-the-caller" } } };
            using var response = await anybody.SendAsync(request);
            seen.Add(Assert.Single(response.Headers.GetValues(Header)));
        }

        Assert.Distinct(seen);
        Assert.DoesNotContain("of-the-caller", seen);
    }

    [Fact]
    public async Task The_audit_log_has_it()
    {
        var answer = (await _server.RegisterAsync(Bodies.Smallest)).IsRegistration();

        var events = await _server.AuditLog().ListAuditEventsAsync(new ListAuditEventsRequest { PageSize = 500 });

        Assert.Contains(Assert.Single(answer.Headers.GetValues(Header)), events.Events.Select(recorded => recorded.CorrelationId));
    }

    [Fact]
    public async Task Calls_over_grpc_have_it_as_metadata()
    {
        using var call = _server.Administration().ListClientsAsync(new());
        Assert.NotEmpty((await call.ResponseHeadersAsync).GetValue(Header)!);

        var refused = await Assert.ThrowsAsync<RpcException>(
            () => _server.Administration(token: null).ListClientsAsync(new()).ResponseAsync);
        Assert.NotEmpty(refused.Trailers.GetValue(Header)!);
    }

    /// <summary>Browsers hide headers that are not named.</summary>
    [Fact]
    public async Task Pages_of_other_origins_may_read_it()
    {
        var answer = await _server.RegisterAsync(Bodies.Smallest, "Origin: https://app.example");

        Assert.Equal(HttpStatusCode.Created, answer.Status);
        Assert.Contains(Header, string.Join(',', answer.Headers.GetValues("Access-Control-Expose-Headers")), StringComparison.Ordinal);
    }
}
