using System.Net;
using System.Text.RegularExpressions;
using Google.Api;
using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;
using GrpcDcr.Admin.V1;
using GrpcDcr.TestKit.Samples;
using GrpcDcr.TestKit.Service;
using GrpcDcr.V1;

namespace GrpcDcr.Integration.Tests.Administration;

/// <summary>
/// What the admin API does not know, it refuses by name. Transcoding alone would ignore it, so that a misspelt limit would be no limit.
/// </summary>
public sealed partial class StrictRequestTests(OpenServer shared) : IClassFixture<OpenServer>
{
    private readonly RunningServer _server = shared.Server;

    /// <summary>Every RPC of the admin API that has an HTTP rule: its name.</summary>
    public static TheoryData<string> Rpcs => [.. Rules.Keys];

    private static Dictionary<string, HttpRule> Rules { get; } = AdminApi.Methods.ToDictionary(
        method => method.Name, method => method.GetOptions().GetExtension(AnnotationsExtensions.Http));

    [Theory]
    [MemberData(nameof(Rpcs))]
    public async Task Refuses_a_member_or_query_parameter_that_it_does_not_know(string rpc)
    {
        var (method, path) = RequestOf(Rules[rpc]);
        if (Rules[rpc].Body.Length > 0)
        {
            RefusedFor(await _server.AdminAsync(method, path, """{"unknown_member":null}"""), "unknown_member");
            RefusedFor(await _server.AdminAsync(method, path + "?unknown=1", "{}"), "unknown");
        }
        else
        {
            RefusedFor(await _server.AdminAsync(method, path + "?unknown=1&other="), "unknown", "other");
        }
    }

    [Theory]
    [InlineData("""{"max_uses":5,"lifetime_secs":3600}""", "lifetime_secs")]
    [InlineData("""{"constraints":{"redirect_host":["a.example"]}}""", "constraints.redirect_host")]
    [InlineData("""{"constrains":{"scopes":["openid"]},"max_use":1}""", "constrains", "max_use")]
    [InlineData("""{"maxUses":1,"constraints":{"redirectHosts":["a.example"]}}""", "maxUses", "constraints.redirectHosts")]
    [InlineData("""{"label":"dry","validateOnly":true}""", "validateOnly")]
    [InlineData("""{"label":"a","label":"b"}""", "label")]
    [InlineData("""{"max_uses":1,"max_uses":1}""", "max_uses")]
    [InlineData("""{"max_uses":3.5}""", "max_uses")]
    [InlineData("""{"max_uses":"three"}""", "max_uses")]
    [InlineData("""{"max_uses":2147483648}""", "max_uses")]
    [InlineData("""{"max_uses":[3]}""", "max_uses")]
    [InlineData("""{"ttl":3600}""", "ttl")]
    [InlineData("""{"ttl":"an hour","expire_time":"tomorrow","label":7}""", "ttl", "expire_time", "label")]
    [InlineData("""{"constraints":{"scopes":["a",null]}}""", "constraints.scopes")]
    [InlineData("""{"constraints":[]}""", "constraints")]
    [InlineData("""{"ttl":"3600s","expire_time":"2030-01-31T12:00:00Z"}""", "expire_time")]
    public async Task Issues_no_initial_access_token_for_a_request_that_it_does_not_understand(string body, params string[] fields)
    {
        var before = (await _server.AdminAsync(HttpMethod.Get, "initial-access-tokens")).Body;

        RefusedFor(await _server.AdminAsync(HttpMethod.Post, "initial-access-tokens", body), fields);

        Assert.Equal(before, (await _server.AdminAsync(HttpMethod.Get, "initial-access-tokens")).Body);
    }

    [Theory]
    [InlineData("""{"max_uses":"3"}""")]
    [InlineData("""{"max_uses":3.0}""")]
    [InlineData("""{"max_uses":3e0,"constraints":{"scopes":null},"label":null,"ttl":null}""")]
    [InlineData("""{"max_uses":"3","constraints":null}""")]
    public async Task Reads_every_form_that_protobuf_has_for_a_value(string body)
    {
        var issued = await _server.AdminAsync(HttpMethod.Post, "initial-access-tokens", body);

        Assert.True(issued.Status == HttpStatusCode.OK, issued.Body);
        Assert.Equal(3, issued.Json.GetProperty("initial_access_token").GetProperty("max_uses").GetInt32());
    }

    [Theory]
    [InlineData("clients?filter.state=1", HttpStatusCode.OK)]
    [InlineData("clients?filter.state=CLIENT_STATE_PENDING", HttpStatusCode.OK)]
    [InlineData("clients?filter.state=PENDING", HttpStatusCode.OK)]
    [InlineData("clients?page_size=7&filter.awaiting_approval=true", HttpStatusCode.OK)]
    [InlineData("audit-events?start_time=2026-11-29T00:00:00Z", HttpStatusCode.OK)]
    [InlineData("clients?filter.state=pending", HttpStatusCode.BadRequest, "filter.state")]
    [InlineData("clients?filter.state=99", HttpStatusCode.BadRequest, "filter.state")]
    [InlineData("clients?filter.stat=REJECTED&state=ACTIVE", HttpStatusCode.BadRequest, "filter.stat", "state")]
    [InlineData("clients?filter=PENDING&filter.state.x=1", HttpStatusCode.BadRequest, "filter", "filter.state.x")]
    [InlineData("clients?filter.state=PENDING&filter.state=ACTIVE", HttpStatusCode.BadRequest, "filter.state")]
    [InlineData("clients?page_size=many&filter.awaiting_approval=1", HttpStatusCode.BadRequest, "page_size", "filter.awaiting_approval")]
    [InlineData("audit-events?clientId=x", HttpStatusCode.BadRequest, "clientId")]
    [InlineData("audit-events?start_time=2026-11-29", HttpStatusCode.BadRequest, "start_time")]
    public async Task Reads_query_parameters_as_strictly(string path, HttpStatusCode status, params string[] fields)
    {
        var answer = await _server.AdminAsync(HttpMethod.Get, path);

        Assert.True(status == answer.Status, answer.Body);
        if (fields.Length > 0)
        {
            RefusedFor(answer, fields);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Refuses_a_body_where_there_is_none(bool chunked)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/admin/v1/clients");
        request.Content = Bodies.Json("""{"state":"PENDING"}""");
        request.Headers.TransferEncodingChunked = chunked;

        (await Answer.OfAsync(await _server.Admin.SendAsync(request)))
            .IsStatus(HttpStatusCode.BadRequest, (int)StatusCode.InvalidArgument, "INVALID_REQUEST");
    }

    [Theory]
    [MemberData(nameof(Rpcs))]
    public async Task Refuses_a_field_of_a_grpc_caller_that_it_does_not_know(string rpc)
    {
        // Field 1000, a number: 1.
        var refusal = await CallAsync(rpc, [0xC0, 0x3E, 0x01]);

        Assert.Equal(["1000"], refusal.FieldViolations.Select(violation => violation.Field));
    }

    [Fact]
    public async Task Refuses_an_enum_value_and_a_field_inside_of_another_that_it_does_not_know()
    {
        var unknownState = new ListClientsRequest { Filter = new() { State = (ClientState)99 } };
        Assert.Equal("filter.state", Assert.Single((await CallAsync("ListClients", unknownState.ToByteArray())).FieldViolations).Field);

        // constraints: a message of field 1000 alone.
        byte[] constraints = [(byte)((IssueInitialAccessTokenRequest.ConstraintsFieldNumber << 3) | 2), 3, 0xC0, 0x3E, 0x01];
        Assert.Equal(
            "constraints.1000", Assert.Single((await CallAsync("IssueInitialAccessToken", constraints)).FieldViolations).Field);
    }

    /// <summary>Calls with the octets of a request, as an administrator; it must be refused.</summary>
    private async Task<BadRequest> CallAsync(string rpc, byte[] request)
    {
        var octets = Marshallers.Create(bytes => bytes, bytes => bytes);
        var method = AdminApi.Methods.Single(found => found.Name == rpc);
        var call = new Method<byte[], byte[]>(MethodType.Unary, method.Service.FullName, rpc, octets, octets);
        var headers = new Metadata { { "authorization", "Bearer " + RunningServer.AdminToken } };

        var refusal = await Assert.ThrowsAsync<RpcException>(async () => await _server.Internal.CreateCallInvoker()
            .AsyncUnaryCall(call, null, new CallOptions(headers), request));

        Assert.Equal(StatusCode.InvalidArgument, refusal.StatusCode);
        return refusal.GetRpcStatus()!.GetDetail<BadRequest>();
    }

    private static void RefusedFor(Answer answer, params string[] fields)
    {
        answer.IsStatus(HttpStatusCode.BadRequest, (int)StatusCode.InvalidArgument, "INVALID_REQUEST");
        Assert.All(fields, field => Assert.Matches($"\"field\":\"{Regex.Escape(field)}(\\[\\d+\\])?\"", answer.Body));
    }

    private static (HttpMethod Method, string Path) RequestOf(HttpRule rule)
    {
        var (method, pattern) = rule.PatternCase switch
        {
            HttpRule.PatternOneofCase.Get => (HttpMethod.Get, rule.Get),
            HttpRule.PatternOneofCase.Post => (HttpMethod.Post, rule.Post),
            HttpRule.PatternOneofCase.Patch => (HttpMethod.Patch, rule.Patch),
            HttpRule.PatternOneofCase.Delete => (HttpMethod.Delete, rule.Delete),
            _ => throw new ArgumentOutOfRangeException(nameof(rule)),
        };
        return (method, PathFields().Replace(pattern["/admin/v1/".Length..], "x"));
    }

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex PathFields();
}
