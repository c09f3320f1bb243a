using GrpcDcr.TestKit.Samples;
using GrpcDcr.TestKit.Service;
using GrpcDcr.V1;

namespace GrpcDcr.Conformance.Tests.Rfc7592;

/// <summary>
/// Whoever holds the registration access token of an approved client cannot take the client over: what is not known to be harmless waits.
/// </summary>
public sealed class WideningMembersTests(WideningMembersTests.FullServer shared) : IClassFixture<WideningMembersTests.FullServer>
{
    private const string Keys = "\"jwks\":{\"keys\":[{" + SampleKeys.Rsa + "}]}";
    private const string OtherKeys = "\"jwks\":{\"keys\":[{" + SampleKeys.Ec + "}]}";
    private const string KeyJwt = "\"token_endpoint_auth_method\":\"private_key_jwt\"," + Keys;
    private const string Certificate = "\"token_endpoint_auth_method\":\"tls_client_auth\",\"tls_client_auth_san_dns\":\"app.example\"";

    private readonly RunningServer _server = shared.Server;

    /// <summary>Member, approved document, update; each document without <c>redirect_uris</c> has one of app.example.</summary>
    public static TheoryData<string, string, string> Waiting { get; } = new()
    {
        { "token_endpoint_auth_method", KeyJwt, "\"token_endpoint_auth_method\":\"client_secret_basic\"," + Keys },
        { "token_endpoint_auth_method", KeyJwt, "\"token_endpoint_auth_method\":\"client_secret_post\"," + Keys },
        { "token_endpoint_auth_method", Certificate, "\"token_endpoint_auth_method\":\"client_secret_post\"" },
        { "jwks", KeyJwt, "\"token_endpoint_auth_method\":\"private_key_jwt\"," + OtherKeys },
        { "jwks_uri", KeyJwt, "\"token_endpoint_auth_method\":\"private_key_jwt\",\"jwks_uri\":\"https://evil.example/k\"" },
        { "jwks_uri", "\"jwks_uri\":\"https://app.example/k\"", "\"jwks_uri\":\"https://evil.example/k\"" },
        {
            "tls_client_auth_san_dns", Certificate,
            "\"token_endpoint_auth_method\":\"tls_client_auth\",\"tls_client_auth_san_dns\":\"evil.example\""
        },
        {
            "id_token_signed_response_alg", "\"id_token_signed_response_alg\":\"RS256\"", "\"id_token_signed_response_alg\":\"none\""
        },
        { "id_token_encrypted_response_alg", "\"id_token_encrypted_response_alg\":\"RSA-OAEP\"," + Keys, Keys },
        { "userinfo_signed_response_alg", "\"userinfo_signed_response_alg\":\"RS256\"", "\"client_name\":null" },
        { "default_acr_values", "\"default_acr_values\":[\"one\"]", "\"client_name\":null" },
        { "default_max_age", "\"default_max_age\":60", "\"client_name\":null" },
        { "default_max_age", "\"default_max_age\":60", "\"default_max_age\":61" },
        { "require_auth_time", "\"require_auth_time\":true", "\"client_name\":null" },
        { "subject_type", "\"subject_type\":\"pairwise\"", "\"subject_type\":\"public\"" },
        {
            "initiate_login_uri", "\"initiate_login_uri\":\"https://app.example/login\"",
            "\"initiate_login_uri\":\"https://evil.example/login\""
        },
        {
            "backchannel_logout_uri", "\"backchannel_logout_uri\":\"https://app.example/out\"",
            "\"backchannel_logout_uri\":\"https://evil.example/out\""
        },
        { "client_uri", "\"client_uri\":\"https://app.example/\"", "\"client_uri\":\"https://evil.example/\"" },
        { "policy_uri", "\"policy_uri\":\"https://app.example/\"", "\"policy_uri\":\"https://evil.example/\"" },
        { "tos_uri", "\"tos_uri\":\"https://app.example/\"", "\"tos_uri\":\"https://evil.example/\"" },
        { "client_uri", "\"client_uri\":\"https://app.example/\"", "\"client_uri\":\"https://app.example:8444/\"" },
        { "software_id", "\"software_id\":\"a\"", "\"software_id\":\"b\"" },
        { "x_tenant", "\"x_tenant\":\"basic\"", "\"x_tenant\":\"admin\"" },
        { "redirect_uris", Redirect("https://app.example/cb"), Redirect("https://app.example:8444/other") },
        { "redirect_uris", Redirect("http://127.0.0.1/cb"), Redirect("https://localhost/cb") },
        { "redirect_uris", Redirect("https://localhost:3000/cb"), Redirect("https://localhost:3001/cb") },
        { "redirect_uris", Redirect("cursor://x/cb"), Redirect("cursor://evil/cb") },
        {
            "post_logout_redirect_uris", "\"post_logout_redirect_uris\":[\"https://app.example/bye\"]",
            "\"post_logout_redirect_uris\":[\"https://app.example:8444/bye\"]"
        },
    };

    public static TheoryData<string, string, string> Harmless { get; } = new()
    {
        { "token_endpoint_auth_method", "\"token_endpoint_auth_method\":\"client_secret_basic\"," + Keys, KeyJwt },
        {
            "token_endpoint_auth_method", "\"token_endpoint_auth_method\":\"none\"",
            "\"token_endpoint_auth_method\":\"client_secret_post\""
        },
        { "userinfo_signed_response_alg", "\"client_name\":null", "\"userinfo_signed_response_alg\":\"RS256\"" },
        { "id_token_encrypted_response_alg", Keys, "\"id_token_encrypted_response_alg\":\"RSA-OAEP\"," + Keys },
        { "default_max_age", "\"default_max_age\":600", "\"default_max_age\":60" },
        { "default_max_age", "\"client_name\":null", "\"default_max_age\":60" },
        { "contacts", "\"contacts\":[\"a@app.example\"]", "\"contacts\":[\"b@evil.example\"]" },
        { "software_version", "\"software_version\":\"1\"", "\"software_version\":\"2\"" },
        { "scope", "\"scope\":\"openid email\"", "\"scope\":\"openid\"" },
        { "redirect_uris", Redirect("https://app.example/cb"), Redirect("https://app.example:443/other?x=y") },
        { "redirect_uris", Redirect("http://127.0.0.1:1/cb"), Redirect("http://localhost:2/cb") },
        { "client_uri", "\"client_name\":null", "\"client_uri\":\"https://app.example/about\"" },
    };

    [Theory]
    [MemberData(nameof(Waiting))]
    [Requirement("7592-2.2-20")]
    public async Task Waits_and_says_why(string member, string approved, string update)
    {
        var client = await ApprovedAsync(_server, approved);
        var before = await EffectiveAsync(client, member);

        var answer = (await client.UpdateAsync(Document(update))).IsRecord();

        Assert.Equal("active", answer.Text("client_status"));
        var after = await EffectiveAsync(client, member);
        Assert.True(after == before || after is "[ ]" or "", $"{after} is effective instead of {before}");
        var waiting = answer.Json.GetProperty("pending_update").GetProperty("waiting").EnumerateArray()
            .Single(change => change.GetProperty("member").GetString() == member);
        Assert.NotEmpty(waiting.GetProperty("reason").GetString()!);
        Assert.Equal(
            answer.Json.TryGetProperty(member, out var requested) ? requested.GetRawText() : null,
            waiting.TryGetProperty("requested", out var shown) ? shown.GetRawText() : null);
    }

    [Theory]
    [MemberData(nameof(Harmless))]
    [Requirement("7592-2.2-20")]
    public async Task Takes_effect_at_once(string member, string approved, string update)
    {
        var client = await ApprovedAsync(_server, approved);
        var before = await EffectiveAsync(client, member);

        var answer = (await client.UpdateAsync(Document(update))).IsRecord();

        Assert.False(answer.Json.TryGetProperty("pending_update", out _), answer.Body);
        Assert.NotEqual(before, await EffectiveAsync(client, member));
    }

    [Fact]
    public async Task A_weaker_method_that_waits_authenticates_nobody()
    {
        var client = await ApprovedAsync(_server, KeyJwt);
        var update = await client.UpdateAsync(Document("\"token_endpoint_auth_method\":\"client_secret_basic\"," + Keys));

        await Assert.ThrowsAsync<Grpc.Core.RpcException>(
            async () => await _server.AuthenticateAsync(client.ClientId, update.Text("client_secret") ?? "none was shown"));
    }

    private static string Redirect(string uri) => $"\"redirect_uris\":[\"{uri}\"]";

    private static string Document(string members) =>
        members.Contains("\"redirect_uris\"", StringComparison.Ordinal) ? members : Redirect("https://app.example/cb") + "," + members;

    private static async Task<OwnRecord> ApprovedAsync(RunningServer server, string members)
    {
        var client = await OwnRecord.RegisterAsync(server, $"{{{Document(members)}}}");
        Assert.Equal(System.Net.HttpStatusCode.OK, (await server.ActAsync(client.ClientId, "approve")).Status);
        return client;
    }

    /// <summary>The value that administrators see as effective, as text; empty if it is absent.</summary>
    private async Task<string> EffectiveAsync(OwnRecord client, string member)
    {
        var metadata = (await _server.ClientAsync(client.ClientId)).Metadata;
        return ClientMetadata.Descriptor.FindFieldByName(member) is { } field
            ? $"{field.Accessor.GetValue(metadata)}"
            : metadata.Extensions.GetValueOrDefault(member, "");
    }

    public sealed class FullServer() : SharedServer(Deployments.Full);
}
