using System.Security.Cryptography.X509Certificates;
using Grpc.Core;
using GrpcDcr.Client;
using GrpcDcr.Integration.Tests.Listeners;
using GrpcDcr.TestKit.Running;
using GrpcDcr.TestKit.Service;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TestCertificate = GrpcDcr.TestKit.Service.TestCertificate;

namespace GrpcDcr.Integration.Tests.Sdk;

/// <summary>The program that src/Client/README.md prints, and its examples of certificates.</summary>
public sealed class ReadmeProgramTests
{
    [Fact]
    public async Task The_program_of_the_README_registers_approves_and_authenticates()
    {
        await using var server = await RunningServer.StartAsync();

        var outcome = await ReadmeSnippet.RunAsync(
        [
            $"--GrpcDcr:Administration:Address={server.InternalAddress}",
            $"--GrpcDcr:Administration:Token={RunningServer.AdminToken}",
            $"--GrpcDcr:Registration:Address={server.InternalAddress}",
            $"--GrpcDcr:Directory:Address={server.InternalAddress}",
            $"--GrpcDcr:Directory:Token={RunningServer.DirectoryToken}",
        ]);

        Assert.Equal(outcome.Registered.ClientId, outcome.Client?.ClientId);
        Assert.Equal("https://app.example/callback", outcome.Target);
    }

    [Fact]
    public async Task An_administrator_shows_a_certificate_in_place_of_a_token()
    {
        await using var service = await CertifiedServer.StartAsync();
        using var folder = new DataFolder();
        using var own = service.Of("admin");
        var builder = Host.CreateApplicationBuilder(
        [
            $"--GrpcDcr:Administration:Address={service.Server.InternalAddress}",
            "--GrpcDcr:CertificateFile=" + await FileAsync(folder, "own.pem", own.ExportCertificatePem()),
            "--GrpcDcr:KeyFile=" + await FileAsync(folder, "own.key", own.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem()),
            "--GrpcDcr:AuthorityFile=" + await FileAsync(folder, "server.pem", CertificateOfServer().ExportCertificatePem()),
        ]);
        CertificateSnippet.AddTo(builder, builder.Configuration.GetSection("GrpcDcr"));
        using var host = builder.Build();

        var closed = await host.Services.GetRequiredService<RegistrationControlClient>().CloseAsync("at night");

        Assert.True(closed.Closed);
    }

    [Fact]
    public async Task A_program_with_generated_stubs_shows_a_certificate()
    {
        await using var service = await CertifiedServer.StartAsync();
        using var own = service.Of("directory");
        using var stranger = ClientAuthority.SelfSigned("CN=directory,O=Example");

        Assert.Equal(
            (StatusCode.NotFound, StatusCode.Unauthenticated),
            (await ChannelSnippet.RunAsync(service.Server.InternalAddress, own, CertificateOfServer()),
                await ChannelSnippet.RunAsync(service.Server.InternalAddress, stranger, CertificateOfServer())));
    }

    [Fact]
    public void A_client_with_a_name_is_found_by_it()
    {
        var builder = Host.CreateApplicationBuilder([]);
        builder.Services.AddTransient<BuilderSnippet.MyHandler>();
        BuilderSnippet.AddTo(builder);
        using var host = builder.Build();

        Assert.NotNull(host.Services.GetRequiredKeyedService<ClientDirectoryClient>("eu"));
        Assert.Null(host.Services.GetService<ClientDirectoryClient>());
    }

    private static X509Certificate2 CertificateOfServer() =>
        X509CertificateLoader.LoadPkcs12FromFile(TestCertificate.Path, TestCertificate.Password);

    private static async Task<string> FileAsync(DataFolder folder, string name, string text)
    {
        var path = Path.Combine(folder.Path, name);
        await File.WriteAllTextAsync(path, text);
        return path;
    }
}
