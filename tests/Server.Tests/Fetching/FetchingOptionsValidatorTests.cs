using System.Globalization;
using GrpcDcr.Server.Fetching;
using GrpcDcr.TestKit.Network;

namespace GrpcDcr.Server.Tests.Fetching;

public sealed class FetchingOptionsValidatorTests
{
    [Fact]
    public void Accepts_the_defaults() => Assert.Empty(Failures(new FetchingOptions()));

    [Fact]
    public void Accepts_all_that_can_be_allowed() => Assert.Empty(Failures(new FetchingOptions
    {
        AllowedHosts = "keys.internal localhost:8443 10.0.0.7:1 [fd00::1] [::1]:65535",
        CertificateAuthorities = TestAuthority.Only.PemPath,
    }));

    [Theory]
    [InlineData("https://keys.internal")]
    [InlineData("keys.internal/path")]
    [InlineData("keys.internal?")]
    [InlineData("keys.internal#")]
    [InlineData("me@keys.internal")]
    [InlineData("*.internal")]
    [InlineData("10.0.0.0/8")]
    [InlineData("::1")]
    [InlineData("keys.internal:")]
    [InlineData("keys.internal:0")]
    [InlineData("keys.internal:65536")]
    [InlineData("keys.internal,vault.internal")]
    public void Refuses_an_entry_that_is_no_host(string entry)
    {
        var failure = Assert.Single(Failures(new FetchingOptions { AllowedHosts = $"localhost {entry}" }));
        Assert.StartsWith($"Fetching:AllowedHosts is '{entry}'. Allowed: a DNS name", failure, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_authorities_that_cannot_be_read()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.Path, "empty.pem"), "no certificate");
        File.WriteAllText(Path.Combine(folder.Path, "broken.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        foreach (var name in new[] { "missing.pem", "empty.pem", "broken.pem", "" })
        {
            var path = Path.Combine(folder.Path, name);
            var failure = Assert.Single(Failures(new FetchingOptions { CertificateAuthorities = path }));
            Assert.StartsWith(
                $"Fetching:CertificateAuthorities is '{path}'. Allowed: empty, or the path of a readable PEM file", failure,
                StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(nameof(FetchingOptions.TimeoutSeconds), 1, 60)]
    [InlineData(nameof(FetchingOptions.MaxBytes), 1024, 1048576)]
    [InlineData(nameof(FetchingOptions.MaxConcurrent), 1, 1000)]
    [InlineData(nameof(FetchingOptions.MaxConcurrentPerHost), 1, 1000)]
    [InlineData(nameof(FetchingOptions.CacheSeconds), 0, 86400)]
    [InlineData(nameof(FetchingOptions.CacheEntries), 1, 10000)]
    public void Limits_have_a_range(string setting, int least, int most)
    {
        var property = typeof(FetchingOptions).GetProperty(setting)!;
        foreach (
            var (value, isRight) in new[] { (least, true), (most, true), (least - 1, false), (most + 1, false), (int.MinValue, false) })
        {
            var options = new FetchingOptions();
            property.SetValue(options, value);
            var failures = Failures(options);
            Assert.Equal((value, isRight), (value, failures.Count == 0));
            Assert.All(failures, failure => Assert.Equal(
                $"Fetching:{setting} is '{value.ToString(CultureInfo.InvariantCulture)}'. Allowed: {least} to {most}.", failure));
        }
    }

    [Fact]
    public void Finds_every_problem_at_once() => Assert.Equal(3, Failures(new FetchingOptions
    {
        AllowedHosts = "*",
        CertificateAuthorities = "/no/such/file.pem",
        TimeoutSeconds = 0,
    }).Count);

    private static List<string> Failures(FetchingOptions options) =>
        [.. FetchingOptionsValidator.Validate(options).Select(problem => problem.ToString())];

    private sealed class TemporaryFolder : IDisposable
    {
        public string Path { get; } = System.IO.Directory.CreateTempSubdirectory("grpcdcr-").FullName;

        public void Dispose() => System.IO.Directory.Delete(Path, recursive: true);
    }
}
