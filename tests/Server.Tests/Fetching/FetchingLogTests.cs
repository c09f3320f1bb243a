using GrpcDcr.Server.Fetching;
using GrpcDcr.Server.Tests.Fetching.Support;
using GrpcDcr.TestKit.Network;

namespace GrpcDcr.Server.Tests.Fetching;

/// <summary>The log has the cause; a caller has not.</summary>
public sealed class FetchingLogTests
{
    [Fact]
    public async Task Names_the_uri_without_its_query_and_the_cause()
    {
        await using var encounter = new Encounter(HostileServer.Tls(c => c.SendJsonAsync("{}"), TestAuthority.SelfSigned()));
        var problem = await encounter.ProblemAsync("/keys?token=secret");
        var line = Assert.Single(encounter.Log.Lines);
        Assert.StartsWith(
            $"Information DOCUMENT_NOT_FETCHED https://keys.example:{encounter.Server.Port}/keys {problem}: HttpRequestException: ", line,
            StringComparison.Ordinal);
        Assert.Contains("FetchFault: RemoteCertificateChainErrors: CN=localhost, UntrustedRoot", line, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", line, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_one_short_line_whatever_a_server_says()
    {
        var said = "HTTP/1.1 200 OK\r\nContent-Type: \u0001text/html; x=" + new string('y', 3000) + "\r\n\r\n";
        await using var encounter = Encounter.With(c => c.SendAsync("evil\u001b[31m\tline\r\n" + said));
        await encounter.ProblemAsync();
        var line = Assert.Single(encounter.Log.Lines);
        Assert.False(line.AsSpan().ContainsAnyExceptInRange(' ', '~'), line);
        Assert.InRange(line.Length, 100, 1000);
    }

    [Fact]
    public void Tells_the_causes_of_a_cause()
    {
        var cause = new InvalidOperationException("outer\r\n", new IOException(new string('x', 1000)));
        var text = ExchangeProblems.CauseOf(cause);
        Assert.StartsWith("InvalidOperationException: outer?? <- IOException: xxx", text, StringComparison.Ordinal);
        Assert.Equal(500, text.Length);
    }
}
