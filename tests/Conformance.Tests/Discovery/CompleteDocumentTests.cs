using System.Net;
using System.Text.Json;
using GrpcDcr.Admin.V1;
using GrpcDcr.Server.Hosting.Settings;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Conformance.Tests.Discovery;

/// <summary>The metadata document is complete, or there is none; and it is true while registration is closed.</summary>
public sealed class CompleteDocumentTests : IDisposable
{
    private const string Authorization = "Metadata:AuthorizationEndpoint=https://as.example/authorize";
    private const string Token = "Metadata:TokenEndpoint=https://as.example/token";

    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    [Requirement("8414-2-01")]
    public async Task Is_not_served_while_the_deployment_says_nothing()
    {
        await using var server = await RunningServer.StartInAsync(null, "!Metadata");

        var answer = await server.SendAsync(HttpMethod.Get, MetadataTests.Path, null);
        answer.IsRefusal("invalid_request", HttpStatusCode.NotFound, "incomplete");
        Assert.Contains(server.Log.All, line => line.Contains(
            "The metadata document is not served, because it would lack authorization_endpoint and token_endpoint: name a document",
            StringComparison.Ordinal));
    }

    [Fact]
    [Requirement("8414-2-01")]
    public async Task Needs_no_file_for_the_two_endpoints()
    {
        await using var server = await RunningServer.StartInAsync(null, "!Metadata", Authorization, Token);

        var document = (await server.SendAsync(HttpMethod.Get, MetadataTests.Path, null)).Json;

        Assert.Equal("https://as.example/authorize", document.GetProperty("authorization_endpoint").GetString());
        Assert.Equal("https://as.example/token", document.GetProperty("token_endpoint").GetString());
    }

    [Theory]
    [InlineData(Token)]
    [InlineData(Authorization, Token, "Registration:GrantTypes=client_credentials", "Registration:ResponseTypes=")]
    public async Task Needs_no_authorization_endpoint_without_grants_that_use_it(params string[] settings)
    {
        await using var server = await RunningServer.StartInAsync(
            null, ["!Metadata", "Registration:GrantTypes=client_credentials", "Registration:ResponseTypes=", .. settings]);

        Assert.Equal(HttpStatusCode.OK, (await server.SendAsync(HttpMethod.Get, MetadataTests.Path, null)).Status);
    }

    [Theory]
    [InlineData("", "Metadata:TokenEndpoint", Authorization)]
    [InlineData("", "Metadata:AuthorizationEndpoint", Token)]
    [InlineData("""{"token_endpoint":"https://as.example/t"}""", "Metadata:AuthorizationEndpoint")]
    [InlineData("""{"authorization_endpoint":"https://as.example/a"}""", "Metadata:TokenEndpoint")]
    [InlineData("""{"authorization_endpoint":"https://as.example/a","token_endpoint":null}""", "Metadata:TokenEndpoint")]
    [InlineData("", "Metadata:TokenEndpoint", Authorization, "Metadata:TokenEndpoint=http://as.example/token")]
    [InlineData("", "Metadata:TokenEndpoint", Authorization, "Metadata:TokenEndpoint=https://as.example/token#x")]
    [InlineData("", "Metadata:AuthorizationEndpoint", Token, "Metadata:AuthorizationEndpoint=authorize")]
    [InlineData("""{"authorization_endpoint":"https://as.example/a"}""", "Metadata:AuthorizationEndpoint", Authorization, Token)]
    [InlineData("""{"issuer":"https://other.example"}""", "issuer", Authorization, Token)]
    [InlineData("""{"issuer":"https://as.example:8443"}""", "issuer", Authorization, Token)]
    [InlineData("""{"issuer":"http://as.example"}""", "issuer", Authorization, Token)]
    [InlineData("""{"issuer":7}""", "issuer", Authorization, Token)]
    [InlineData("""{"op_policy_uri":"policy"}""", "op_policy_uri", Authorization, Token)]
    [InlineData("""{"service_documentation":7}""", "service_documentation", Authorization, Token)]
    [InlineData("""{"revocation_endpoint":"http://as.example/r"}""", "revocation_endpoint", Authorization, Token)]
    [InlineData("""{"mtls_endpoint_aliases":{"token_endpoint":"http://mtls.example/token"}}""", "token_endpoint", Authorization, Token)]
    [InlineData("""{"mtls_endpoint_aliases":["https://mtls.example/token"]}""", "mtls_endpoint_aliases", Authorization, Token)]
    [InlineData("""{"id_token_signing_alg_values_supported":["RS256","ES256"]}""",
        "has id_token_signing_alg_values_supported, and registration would ignore what clients ask for of it. Allowed: "
        + "Capabilities:IdTokenSigningAlgs with 'RS256 ES256'", Authorization, Token)]
    [InlineData("""{"subject_types_supported":"public"}""", "Capabilities:SubjectTypes with 'public'", Authorization, Token)]
    [InlineData("""{"frontchannel_logout_supported":true}""", "Capabilities:Features with 'frontchannel-logout'",
        Authorization, Token)]
    [Requirement("8414-2-01")]
    public async Task Stops_the_start_if_it_is_wrong_or_incomplete(string document, string named, params string[] settings)
    {
        await File.WriteAllTextAsync(_file, document);

        var refusal = await Assert.ThrowsAsync<SettingsException>(() => RunningServer.StartInAsync(
            null,
            [
                "!Metadata", "PublicBaseUrl=https://as.example", "Metadata:BaseDocumentPath=" + (document.Length > 0 ? _file : ""),
                .. settings,
            ]));

        Assert.Contains(named, Assert.Single(refusal.Problems), StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("8414-2-01")]
    public async Task Names_no_registration_endpoint_while_registration_is_closed()
    {
        await using var server = await RunningServer.StartAsync();
        var control = new RegistrationControl.RegistrationControlClient(server.As(RunningServer.AdminToken));

        await control.CloseRegistrationAsync(new CloseRegistrationRequest { Reason = "too many" });
        Assert.False((await DocumentAsync(server)).TryGetProperty("registration_endpoint", out _));
        var refusal = await server.RegisterAsync(Bodies.Smallest);
        refusal.IsRefusal("registration_not_supported", HttpStatusCode.Forbidden, "closed");
        Assert.Equal("Dynamic client registration is closed for now.", refusal.Text("error_description"));

        await control.OpenRegistrationAsync(new OpenRegistrationRequest());
        Assert.True((await DocumentAsync(server)).TryGetProperty("registration_endpoint", out _));
    }

    private static async Task<JsonElement> DocumentAsync(RunningServer server) =>
        (await server.SendAsync(HttpMethod.Get, MetadataTests.Path, null)).Json;
}
