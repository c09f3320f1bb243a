using System.Net;
using Google.Protobuf.Reflection;
using Grpc.Core;
using GrpcDcr.Admin.V1;
using GrpcDcr.TestKit.Service;
using GrpcDcr.V1;

namespace GrpcDcr.Integration.Tests.Administration;

/// <summary>Single clients at the admin listener: what they look like, deletion, secrets, and requests that are wrong.</summary>
public sealed class ClientTests(OpenServer shared) : IClassFixture<OpenServer>
{
    private const string Unknown = "0190b6a4-0000-7000-8000-000000000000";
    private const string SomeEtag = "{\"etag\":\"1\"}";

    private readonly RunningServer _server = shared.Server;

    [Fact]
    public void Every_member_of_every_message_is_snake_case_in_json()
    {
        FileDescriptor[] files =
        [
            ClientRegistrationReflection.Descriptor, ClientAdministrationReflection.Descriptor, AuditEventReflection.Descriptor,
            StorageAdministrationReflection.Descriptor, ClientReflection.Descriptor, ClientMetadataReflection.Descriptor,
            ClientInformationReflection.Descriptor,
        ];

        var fields = files.SelectMany(file => file.MessageTypes)
            .SelectMany(WithNested)
            .SelectMany(m => m.Fields.InDeclarationOrder())
            .ToList();

        Assert.True(fields.Count > 60);
        Assert.All(fields, field => Assert.Equal(field.Name, field.JsonName));
        Assert.All(fields, field => Assert.Matches("^[a-z0-9]+(_[a-z0-9]+)*$", field.JsonName));
    }

    [Fact]
    public async Task Shows_a_client_with_what_administrators_decide_by()
    {
        var id = await _server.ClientInAsync(ClientState.Rejected);

        var client = (await _server.AdminAsync(HttpMethod.Get, "clients/" + id)).Json;

        string[] members =
        [
            "client_id", "state", "state_reason", "metadata", "issue_time", "update_time", "has_secret", "self_asserted", "admission",
            "source_address", "etag", "revision", "approvals_needed",
        ];
        Assert.Equal(members.Order(StringComparer.Ordinal), client.EnumerateObject().Select(m => m.Name).Order(StringComparer.Ordinal));
        Assert.Equal("127.0.0.1", client.GetProperty("source_address").GetString());
        Assert.Equal("OPEN", client.GetProperty("admission").GetString());
        Assert.Equal(["https://client.example/cb"], client.GetProperty("metadata").Strings("redirect_uris"));
    }

    [Fact]
    public async Task Deletes_a_client_in_any_state_and_for_good()
    {
        foreach (var state in Enum.GetValues<ClientState>().Where(state => state != ClientState.Unspecified))
        {
            var id = await _server.ClientInAsync(state);

            Assert.Equal(HttpStatusCode.OK, (await _server.AdminAsync(HttpMethod.Delete, $"clients/{id}?reason=gone")).Status);

            foreach (var answer in new[]
            {
                await _server.AdminAsync(HttpMethod.Get, "clients/" + id), await _server.AdminAsync(HttpMethod.Delete, "clients/" + id),
                await _server.ActAsSentAsync(id, "approve", SomeEtag),
            })
            {
                answer.IsStatus(HttpStatusCode.NotFound, (int)StatusCode.NotFound, "CLIENT_NOT_FOUND");
            }
        }
    }

    [Fact]
    public async Task Rotates_a_secret_so_that_only_the_new_one_works()
    {
        var client = await _server.RegisteredAsync(Bodies.Smallest);
        var id = client.GetProperty("client_id").GetString()!;
        await _server.ActAsync(id, "approve");

        var rotated = await _server.ActAsync(id, "rotateSecret");

        Assert.NotEqual(client.GetProperty("client_secret").GetString(), rotated.Text("client_secret"));
        Assert.True(rotated.Headers.CacheControl!.NoStore);
        await _server.AuthenticateAsync(id, rotated.Text("client_secret"));
        var refusal = await Assert.ThrowsAsync<RpcException>(
            async () => await _server.AuthenticateAsync(id, client.GetProperty("client_secret").GetString()));
        Assert.Equal(StatusCode.Unauthenticated, refusal.StatusCode);
    }

    [Fact]
    public async Task Has_no_secret_to_rotate_for_a_public_client()
    {
        var id = await _server.ClientInAsync(ClientState.Active, Bodies.PublicNative);

        (await _server.ActAsync(id, "rotateSecret"))
            .IsStatus(HttpStatusCode.BadRequest, (int)StatusCode.FailedPrecondition, "CLIENT_HAS_NO_SECRET");
    }

    [Theory]
    [InlineData(Unknown)]
    [InlineData("nonsense")]
    [InlineData("0190B6A4-0000-7000-8000-000000000000")]
    [InlineData("..%2f..")]
    public async Task Knows_nothing_of_other_clients(string id)
    {
        (await _server.AdminAsync(HttpMethod.Get, "clients/" + id))
            .IsStatus(HttpStatusCode.NotFound, (int)StatusCode.NotFound, "CLIENT_NOT_FOUND");
        (await _server.ActAsSentAsync(id, "approve", SomeEtag))
            .IsStatus(HttpStatusCode.NotFound, (int)StatusCode.NotFound, "CLIENT_NOT_FOUND");
    }

    [Theory]
    [InlineData("{garbage")]
    [InlineData("[]")]
    [InlineData("")]
    [InlineData("{\"etag\":\"1\",\"reason\":[]}")]
    [InlineData("{\"etag\":\"1\",\"reason\":\"\\ud800\"}")]
    public async Task Refuses_a_body_that_makes_no_sense(string body)
    {
        var id = await _server.ClientInAsync(ClientState.Pending);

        (await _server.ActAsSentAsync(id, "approve", body))
            .IsStatus(HttpStatusCode.BadRequest, (int)StatusCode.InvalidArgument, "INVALID_REQUEST");

        Assert.Equal(ClientState.Pending, (await _server.ClientAsync(id)).State);
    }

    [Theory]
    [InlineData("text/plain", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/json; charset=\"utf-8\"", HttpStatusCode.OK)]
    [InlineData("application/json; charset=nonsense", HttpStatusCode.OK)]
    [InlineData(null, HttpStatusCode.UnsupportedMediaType)]
    public async Task Reads_json_alone(string? mediaType, HttpStatusCode status)
    {
        var id = await _server.ClientInAsync(ClientState.Active);

        var answer = await Answer.OfAsync(await _server.Admin.PostAsync(
            $"/admin/v1/clients/{id}:suspend", Bodies.Content("{}"u8.ToArray(), mediaType)));

        Assert.True(status == answer.Status, $"{answer.Status} {answer.Body}");
    }

    [Fact]
    public async Task Refuses_a_body_that_is_too_large()
    {
        var id = await _server.ClientInAsync(ClientState.Pending);

        var answer = await _server.ActAsync(id, "approve", $$"""{"reason":"{{new string('x', 70_000)}}"}""");

        answer.IsStatus(HttpStatusCode.RequestEntityTooLarge, (int)StatusCode.ResourceExhausted, "BODY_TOO_LARGE");
    }

    private static IEnumerable<MessageDescriptor> WithNested(MessageDescriptor message) =>
        message.NestedTypes.Where(nested => nested.GetOptions()?.MapEntry != true).SelectMany(WithNested).Append(message);
}
