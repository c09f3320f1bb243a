using System.Security.Cryptography.X509Certificates;
using GrpcDcr.Server.Endpoints.Security;
using GrpcDcr.Server.Hosting.Settings;
using GrpcDcr.TestKit.Network;
using GrpcDcr.TestKit.Running;
using Microsoft.Extensions.Configuration;

namespace GrpcDcr.Server.Tests.Hosting.Settings;

public sealed class ClientCertificateSettingsTests : IDisposable
{
    private const string Section = "Authentication:Certificates";

    private static readonly string Roots = $"{Section}:TrustedRoots={TestAuthority.Only.PemPath}";

    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Nobody_is_known_by_a_certificate_by_default() => Assert.Null(Read().Certificates);

    [Fact]
    public void Whose_certificate_it_is_by_its_names()
    {
        var trust = Read(
            [
                .. Listener("Internal", "RequireCertificate"), Roots,
                $"{Section}:ops:Subject=CN=ops, O=\"Example, Inc.\"", $"{Section}:ops:Roles=admin",
                $"{Section}:as:SanDns=AS.example", $"{Section}:as:Roles=directory secrets",
                $"{Section}:ci:SanUri=spiffe://example/ci", $"{Section}:ci:Roles:0=viewer", $"{Section}:ci:Roles:1=approver",
            ]).Certificates!;

        Assert.Equal(X509RevocationMode.NoCheck, trust.Revocation);
        Assert.Single(trust.Roots);
        Assert.Equal(
            [
                ("as", "AS.example", "directory secrets"), ("ci", "spiffe://example/ci", "viewer approver"),
                ("ops", "CN=ops, O=\"Example, Inc.\"", "admin"),
            ],
            trust.Holders.Select(holder => (holder.Name, holder.Text, string.Join(' ', holder.Roles))));
        Assert.Equal(CertifiedName.OfDns("as.example"), trust.Holders[0].Certified);
    }

    [Theory]
    [InlineData("Subject", "ops", "distinguished name")]
    [InlineData("Subject", "CN=ops\\, x", "distinguished name")]
    [InlineData("Subject", "CN=a+O=b", "distinguished name")]
    [InlineData("SanDns", "*.example", "without wildcard")]
    [InlineData("SanDns", "127.0.0.1", "without wildcard")]
    [InlineData("SanDns", "https://as.example", "without wildcard")]
    [InlineData("SanUri", "as.example", "absolute URI")]
    [InlineData("SanUri", "/as", "absolute URI")]
    [InlineData("SanUri", "spiffe://example/a b", "absolute URI")]
    public void A_name_that_no_certificate_has_is_refused(string key, string value, string allowed)
    {
        var problem = Assert.Single(ProblemsOf(
            [.. Listener("Admin", "AllowCertificate"), Roots, $"{Section}:ops:{key}={value}", $"{Section}:ops:Roles=admin"]));

        Assert.StartsWith($"{Section}:ops:{key} (tests) is '{value}'", problem, StringComparison.Ordinal);
        Assert.Contains(allowed, problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Authentication:Certificates:TrustedRoots=", "Authentication:Certificates:TrustedRoots")]
    [InlineData("Authentication:Certificates:TrustedRoots=/no/such/file.pem", "Authentication:Certificates:TrustedRoots (tests)")]
    [InlineData("Authentication:Certificates:TrustedRoots=FOLDER/empty.pem", "one or more root certificates")]
    [InlineData("Authentication:Certificates:TrustedRoots=FOLDER/intermediate.pem", "one or more root certificates")]
    [InlineData("Authentication:Certificates:RevocationMode=Always", "NoCheck or Online or Offline")]
    [InlineData("Authentication:Certificates:ops:Roles=operator", "Authentication:Certificates:ops:Roles (tests) is 'operator'")]
    [InlineData("Authentication:Certificates:ops:Roles=", "Authentication:Certificates:ops:Roles")]
    [InlineData("Authentication:Certificates:ops:SanDns=as.example", "is 'Subject and SanDns'. Allowed: one of Subject, SanDns and SanUri")]
    [InlineData("Authentication:Certificates:ops:Subject=", "Allowed: one of Subject, SanDns and SanUri")]
    [InlineData("Authentication:Certificates:ops:Name=x", "Authentication:Certificates:ops:Name (tests) is not a setting")]
    [InlineData("Kestrel:Endpoints:Admin:ClientCertificateMode=NoCertificate", "otherwise nobody is asked for a certificate")]
    [InlineData("Kestrel:Endpoints:Admin:ClientCertificateMode=DelayCertificate", "otherwise nobody is asked for a certificate")]
    [InlineData("Kestrel:Endpoints:Admin:Url=http://127.0.0.1:0", "Allowed: https, because its callers are asked for certificates")]
    public void What_is_wrong_is_named(string setting, string problem)
    {
        File.WriteAllText(Path.Combine(_folder.Path, "empty.pem"), "");
        File.WriteAllText(Path.Combine(_folder.Path, "intermediate.pem"), TestAuthority.Only.Intermediate.ExportCertificatePem());

        Assert.Contains(
            problem,
            Assert.Single(ProblemsOf(
                [
                    .. Listener("Admin", "AllowCertificate"), Roots, $"{Section}:ops:Subject=CN=ops", $"{Section}:ops:Roles=admin",
                    setting.Replace("FOLDER", _folder.Path, StringComparison.Ordinal),
                ])),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Two_must_not_have_the_same_name() => Assert.StartsWith(
        $"{Section}:b:SanDns (tests) is 'AS.example'. Allowed: another name than that of {Section}:a",
        Assert.Single(ProblemsOf(
            [
                .. Listener("Admin", "AllowCertificate"), Roots, $"{Section}:a:SanDns=as.example", $"{Section}:a:Roles=admin",
                $"{Section}:b:SanDns=AS.example", $"{Section}:b:Roles=viewer",
            ])),
        StringComparison.Ordinal);

    /// <summary>The public listener has no roles.</summary>
    [Fact]
    public void Everything_that_is_missing_is_named_at_once()
    {
        var problems = ProblemsOf([.. Listener("Public", "RequireCertificate"), $"{Section}:bad name:Roles=none"]);

        Assert.Equal(5, problems.Count);
        Assert.Contains(problems, problem => problem.Contains("nobody is asked for a certificate", StringComparison.Ordinal));
    }

    [Fact]
    public void Roots_alone_say_nothing() => Assert.Contains(
        "a name of your choice below it", Assert.Single(ProblemsOf([.. Listener("Admin", "AllowCertificate"), Roots])),
        StringComparison.Ordinal);

    private string[] Listener(string name, string mode)
    {
        var certificate = TestCertificate.Make(_folder.Path);
        return
        [
            $"Kestrel:Endpoints:{name}:Url=https://127.0.0.1:0", $"Kestrel:Endpoints:{name}:ClientCertificateMode={mode}",
            .. certificate.Settings.Where(setting => setting.StartsWith("Kestrel:Certificates", StringComparison.Ordinal)),
        ];
    }

    private static IReadOnlyList<string> ProblemsOf(string[] settings) =>
        Assert.Throws<SettingsException>(() => Read(settings)).Problems;

    private static ServerSettings Read(params string[] settings)
    {
        var values = new Dictionary<string, string?>();
        foreach (var setting in settings)
        {
            var equals = setting.IndexOf('=', StringComparison.Ordinal);
            values[setting[..equals]] = setting[(equals + 1)..];
        }

        return ServerSettings.Read(
            SettingSources.Of(new ConfigurationBuilder().AddInMemoryCollection(values).Build(), (_, _) => "tests"), []);
    }
}
