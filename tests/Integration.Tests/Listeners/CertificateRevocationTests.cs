using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace GrpcDcr.Integration.Tests.Listeners;

/// <summary>Revoked certificates, and who is asked about them.</summary>
public sealed class CertificateRevocationTests : IAsyncLifetime
{
    private readonly List<string> _asked = [];
    private WebApplication? _lists;
    private byte[] _list = [];

    private string Address => _lists!.Urls.Single();

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = Path.GetTempPath() });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _lists = builder.Build();
        _lists.Run(http =>
        {
            _asked.Add(http.Request.Path);
            return http.Response.Body.WriteAsync(_list).AsTask();
        });
        await _lists.StartAsync();
    }

    public async ValueTask DisposeAsync() => await _lists!.DisposeAsync();

    [Fact]
    public async Task Online_finds_a_revoked_certificate()
    {
        await using var service = await CertifiedServer.StartAsync("AllowCertificate", "Authentication:Certificates:RevocationMode=Online");
        using var good = Issue(service.Authority);
        using var revoked = Issue(service.Authority);
        Revoke(service.Authority, revoked);

        Assert.Equal(HttpStatusCode.OK, (await service.ListAsync(good)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await service.ListAsync(revoked)).Status);
        Assert.NotEmpty(_asked);
    }

    [Fact]
    public async Task Online_refuses_a_certificate_whose_state_is_not_known()
    {
        await using var service = await CertifiedServer.StartAsync("AllowCertificate", "Authentication:Certificates:RevocationMode=Online");
        using var own = Issue(service.Authority);

        Assert.Equal(HttpStatusCode.Unauthorized, (await service.ListAsync(own)).Status);
        Assert.NotEmpty(_asked);
    }

    /// <summary>Otherwise anybody who can connect could make the service send requests to any address.</summary>
    [Fact]
    public async Task Nobody_is_asked_about_a_certificate_that_is_not_trusted()
    {
        await using var service = await CertifiedServer.StartAsync("AllowCertificate", "Authentication:Certificates:RevocationMode=Online");
        using var another = new ClientAuthority();
        using var stranger = Issue(another);

        Assert.Equal(HttpStatusCode.Unauthorized, (await service.ListAsync(stranger)).Status);
        Assert.Empty(_asked);
    }

    [Fact]
    public async Task Nobody_is_asked_by_default()
    {
        await using var service = await CertifiedServer.StartAsync();
        using var own = Issue(service.Authority);

        Assert.Equal(HttpStatusCode.OK, (await service.ListAsync(own)).Status);
        Assert.Empty(_asked);
    }

    /// <summary>Names where its issuer, and what that revoked, can be had.</summary>
    private X509Certificate2 Issue(ClientAuthority authority) => authority.Issue("CN=viewer,O=Example", [], extensions:
    [
        new X509AuthorityInformationAccessExtension([], [Address + "/issuer.cer"]),
        CertificateRevocationListBuilder.BuildCrlDistributionPointExtension([Address + "/revoked.crl"]),
    ]);

    private void Revoke(ClientAuthority authority, X509Certificate2 revoked)
    {
        var now = TimeProvider.System.GetUtcNow();
        var builder = new CertificateRevocationListBuilder();
        builder.AddEntry(revoked, now.AddHours(-1));
        _list = builder.Build(authority.Root, 1, now.AddHours(1), HashAlgorithmName.SHA256, thisUpdate: now.AddHours(-1));
    }
}
