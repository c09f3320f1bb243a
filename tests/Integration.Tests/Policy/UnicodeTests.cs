using Google.Rpc;
using Grpc.Core;
using GrpcDcr.TestKit.Service;
using GrpcDcr.V1;

namespace GrpcDcr.Integration.Tests.Policy;

/// <summary>JSON can escape half of a surrogate pair, which is no text (RFC 8259 section 8.2): whoever sends it is told so.</summary>
public sealed class UnicodeTests(UnicodeTests.ExtendedServer shared) : IClassFixture<UnicodeTests.ExtendedServer>
{
    private readonly RunningServer _server = shared.Server;

    public static TheoryData<string> HalfPairs =>
    [
        """{"keys":[],"note":"\ud800"}""",
        """{"keys":[],"note":["\udc00"]}""",
        """{"keys":[],"\ud800":1}""",
        """{"keys":[],"\ud800":1,"\ud800":2}""",
    ];

    [Theory]
    [MemberData(nameof(HalfPairs))]
    public async Task Refuses_half_of_a_surrogate_pair_in_the_keys_of_a_grpc_caller(string json)
    {
        var metadata = new ClientMetadata { RedirectUris = { "https://client.example/cb" }, Jwks = json };

        await RefusedAsync(metadata, "metadata.jwks");
    }

    [Theory]
    [MemberData(nameof(HalfPairs))]
    public async Task Refuses_half_of_a_surrogate_pair_in_an_extension_of_a_grpc_caller(string json)
    {
        var metadata = new ClientMetadata { RedirectUris = { "https://client.example/cb" }, Extensions = { ["x_tenant"] = json } };

        await RefusedAsync(metadata, "metadata.extensions");
    }

    [Theory]
    [MemberData(nameof(HalfPairs))]
    public async Task Refuses_half_of_a_surrogate_pair_in_a_document(string json)
    {
        await _server.RefusedAsync("invalid_client_metadata", Bodies.With($"\"jwks\":{json}"));
        await _server.RefusedAsync("invalid_client_metadata", Bodies.With($"\"x_tenant\":{json}"));
    }

    [Theory]
    [MemberData(nameof(HalfPairs))]
    public async Task Refuses_half_of_a_surrogate_pair_in_a_request_of_an_administrator(string json)
    {
        foreach (var body in new[] { json, $$"""{"metadata":{{Bodies.With($"\"jwks\":{json}")}}}""" })
        {
            var answer = await _server.AdminAsync(HttpMethod.Post, "clients:preview", body);

            answer.IsStatus(System.Net.HttpStatusCode.BadRequest, (int)StatusCode.InvalidArgument, "INVALID_REQUEST");
            Assert.Contains("surrogate", answer.Text("message"), StringComparison.Ordinal);
        }
    }

    private async Task RefusedAsync(ClientMetadata metadata, string field)
    {
        var refusal = await Assert.ThrowsAsync<RpcException>(
            async () => await _server.Registration().RegisterClientAsync(new RegisterClientRequest { Metadata = metadata }));
        Assert.Equal(StatusCode.InvalidArgument, refusal.StatusCode);
        var violation = Assert.Single(refusal.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations);
        Assert.Equal(field, violation.Field);
        Assert.Contains("surrogate", violation.Description, StringComparison.Ordinal);

        var own = await _server.Registration().PreviewRegistrationAsync(new PreviewRegistrationRequest { Metadata = metadata });
        var other = await _server.Administration().PreviewRegistrationAsync(new() { Metadata = metadata });
        Assert.Equal(own.Preview, other.Preview);
        Assert.False(own.Preview.Acceptable);
        Assert.Equal(violation.Description, Assert.Single(own.Preview.Violations).Description);
    }

    public sealed class ExtendedServer() : SharedServer("Registration:ExtensionMembers=x_tenant");
}
