using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using GrpcDcr.Server.Endpoints.Security;
using GrpcDcr.Server.Hosting.Commands.Doctor;
using GrpcDcr.Server.Storage.Postgres;
using GrpcDcr.TestKit;

namespace GrpcDcr.Server.Tests.Hosting.Commands.Doctor;

/// <summary>What <c>doctor</c> makes of what it sees. That it sees it is tested with the program, in <c>Interop.Tests</c>.</summary>
public sealed partial class FindingTests
{
    private const string InsecureRequest = "TLS is required.";

    private static readonly DateTimeOffset Now = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(-30, 365, null, "Good")]
    [InlineData(-30, 365, "as.example", "Good")]
    [InlineData(-30, 365, "other.example", "Failed")]
    [InlineData(-30, 20, "as.example", "Warning")]
    [InlineData(-30, -1, "as.example", "Failed")]
    [InlineData(1, 365, "as.example", "Failed")]
    public void A_certificate_must_be_valid_now_and_for_a_while_and_for_the_host(int start, int end, string? host, string status)
    {
        using var key = ECDsa.Create();
        var request = new CertificateRequest("CN=as.example", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("as.example");
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(Now.AddDays(start), Now.AddDays(end));

        Assert.Equal(status, $"{CertificateCheck.Evaluate(Listener.Public, certificate, host, Now).Status}");
    }

    [Theory]
    [InlineData(HttpStatusCode.UnsupportedMediaType, "{\"error\":\"invalid_request\",\"error_description\":\"x\"}", "Good", "reach")]
    [InlineData(HttpStatusCode.Forbidden, "{\"error\":\"access_denied\",\"error_description\":\"x\"}", "Good", "reach")]
    [InlineData(HttpStatusCode.BadRequest, "{\"error\":\"invalid_request\",\"error_description\":\"" + InsecureRequest + "\"}",
        "Failed", "ForwardedHeaders:TrustedProxies")]
    [InlineData(HttpStatusCode.NotFound, "{\"error\":\"invalid_request\",\"error_description\":\"Not found.\"}", "Failed", "Not found.")]
    [InlineData(HttpStatusCode.OK, "<html>Welcome</html>", "Failed", "/oauth/register")]
    [InlineData(HttpStatusCode.BadGateway, "", "Failed", "502")]
    [InlineData(HttpStatusCode.Redirect, "[]", "Failed", "302")]
    public void A_registration_must_reach_the_service(HttpStatusCode status, string body, string expected, string text)
    {
        var finding = ProxyCheck.Evaluate("https://as.example", status, body);

        Assert.Equal(expected, $"{finding.Status}");
        Assert.Contains(text, finding.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "Good", "agree")]
    [InlineData(-1.9, "Good", "agree")]
    [InlineData(60, "Failed", "60 s ahead of")]
    [InlineData(-60, "Failed", "60 s behind")]
    public void Clocks_must_agree(double ahead, string status, string text)
    {
        var finding = ClockCheck.Evaluate("PostgreSQL", TimeSpan.FromSeconds(ahead));

        Assert.Equal(status, $"{finding.Status}");
        Assert.Contains(text, finding.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, "on", null, "Good Good Good")]
    [InlineData(true, "on", null, "Failed Good Good")]
    [InlineData(false, "off", null, "Good Good Warning Good")]
    [InlineData(false, "on", "They have version 1.", "Good Failed Good")]
    public void A_database_must_be_one_that_the_service_can_use(bool isStandby, string commit, string? tables, string statuses) =>
        Assert.Equal(
            statuses,
            string.Join(' ', StoreCheck.Evaluate(
                "PostgreSQL", new DatabaseState("15.6", isStandby, TimeSpan.Zero, new SynchronousCommit(commit), tables))
                .Select(finding => finding.Status)));

    [Fact]
    public void Every_check_names_a_section_that_there_is() => Assert.All(DoctorCommand.Checks, check =>
    {
        var page = check.Page.Split('#');
        var sections = Headings().Matches(File.ReadAllText(Path.Combine(Repository.Root, page[0])))
            .Select(heading => heading.Groups[1].Value.ToLowerInvariant().Replace(' ', '-'));
        Assert.Contains(page[1], sections);
    });

    [GeneratedRegex("^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Headings();
}
