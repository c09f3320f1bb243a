using System.Net;
using System.Security.Cryptography.X509Certificates;
using Grpc.Core;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Integration.Tests.Listeners;

/// <summary>Which listeners accept certificates of the own authority, and for what.</summary>
public sealed class CertificateListenerTests(CertificateListenerTests.Required required) : IClassFixture<CertificateListenerTests.Required>
{
    private static readonly string[] Roles = ["admin", "approver", "viewer", "directory", "secrets"];

    private CertifiedServer Service => required.Service;

    [Theory]
    [MemberData(nameof(PolicyTests.MethodsOfRoles), MemberType = typeof(PolicyTests))]
    public async Task Certificates_with_a_role_may_call_what_it_is_for(string method, string allowed)
    {
        foreach (var role in Roles)
        {
            using var own = Service.Of(role);
            using var tls = CertifiedServer.Showing(own);
            using var call = await NativeCall.SendAsync(Service.Server, "/" + method, NativeCall.Frame([]), token: null, tls);
            Assert.Equal(
                (role, allowed.Split(' ').Contains(role) ? "allowed" : "PermissionDenied"),
                (role, call.Status is StatusCode.PermissionDenied or StatusCode.Unauthenticated ? $"{call.Status}" : "allowed"));
        }
    }

    [Fact]
    public async Task Where_one_is_required_nobody_connects_without_a_trusted_one()
    {
        using var other = new ClientAuthority();
        using var stranger = other.Issue("CN=viewer,O=Example", []);
        using var expired = Service.Authority.Issue("CN=viewer,O=Example", [], from: -3, to: -1);
        foreach (var own in new[] { null, stranger, expired })
        {
            await Assert.ThrowsAsync<HttpRequestException>(() => Service.ListAsync(own, RunningServer.AdminToken));
            using var tls = CertifiedServer.Showing(own);
            await Assert.ThrowsAsync<HttpRequestException>(() => NativeCall.SendAsync(
                Service.Server, "/grpc.health.v1.Health/Check", NativeCall.Frame([]), RunningServer.AdminToken, tls));
        }
    }

    [Fact]
    public async Task Where_one_is_required_a_trusted_one_of_nobody_connects_with_a_token()
    {
        using var own = Service.Authority.Issue("CN=nobody", []);

        (await Service.ListAsync(own)).IsStatus(HttpStatusCode.Unauthorized, 16, "CREDENTIAL_REQUIRED");
        Assert.Equal(HttpStatusCode.OK, (await Service.ListAsync(own, RunningServer.AdminToken)).Status);
    }

    /// <summary>There Kestrel decides, by the authorities of the system.</summary>
    [Theory]
    [InlineData("Public", "/.well-known/oauth-authorization-server")]
    [InlineData("Management", "/health/live")]
    public async Task Of_roles_open_no_connection_to_the_other_listeners(string listener, string path)
    {
        await using var service = await CertifiedServer.StartAsync(
            "AllowCertificate", $"Kestrel:Endpoints:{listener}:Url=https://127.0.0.1:0",
            $"Kestrel:Endpoints:{listener}:ClientCertificateMode=AllowCertificate");
        var address = listener == "Public" ? service.Server.PublicAddress : service.Server.ManagementAddress;
        using var own = service.Of("admin");

        Assert.Equal(HttpStatusCode.OK, await GetAsync(null));
        await Assert.ThrowsAsync<HttpRequestException>(() => GetAsync(own));

        async Task<HttpStatusCode> GetAsync(X509Certificate2? shown)
        {
            using var client = new HttpClient(CertifiedServer.Showing(shown)) { BaseAddress = address };
            return (await client.GetAsync(path)).StatusCode;
        }
    }

    /// <summary>Both listeners ask for certificates, and let nobody connect without one.</summary>
    public sealed class Required : IAsyncLifetime
    {
        private CertifiedServer? _service;

        public CertifiedServer Service => _service!;

        public async ValueTask InitializeAsync() => _service = await CertifiedServer.StartAsync("RequireCertificate");

        public ValueTask DisposeAsync() => Service.DisposeAsync();
    }
}
