using GrpcDcr.Server.Fetching;
using GrpcDcr.TestKit;

namespace GrpcDcr.Server.Tests.Fetching;

/// <summary>What the text of a URI may be that is fetched.</summary>
public sealed class FetchTargetTests
{
    private static readonly AllowedHosts Allowed = new("keys.internal localhost:8443 Vault.Internal:444 [::1]:9443 10.0.0.7");

    [Theory]
    [InlineData("", "is not an absolute https URI")]
    [InlineData("keys", "is not an absolute https URI")]
    [InlineData("//keys.example/jwks", "is not an absolute https URI")]
    [InlineData("http://keys.example/jwks", "is not an absolute https URI")]
    [InlineData("file:///etc/passwd", "is not an absolute https URI")]
    [InlineData("https:/keys.example", "has no host")]
    [InlineData("https:///keys", "has no host")]
    [InlineData("https://me:secret@keys.example/", "has userinfo")]
    [InlineData("https://keys.example@10.0.0.1/", "has userinfo")]
    [InlineData("https://keys.example/#fragment", "has a fragment")]
    [InlineData("https://keys.example/#", "has a fragment")]
    [InlineData("https://keys.example\\@10.0.0.1/", "has a character")]
    [InlineData("https://keys.example/\r\nX: y", "has a character")]
    [InlineData("https://keys.example/%0d%0aX:y", "has an encoded control character")]
    [InlineData("https://caf\u00e9.example/", "has a character")]
    [InlineData("https://127.1/", "has a host that is neither")]
    [InlineData("https://2130706433/", "has a host that is neither")]
    [InlineData("https://0x7f000001/", "has a host that is neither")]
    [InlineData("https://0177.0.0.1/", "has a host that is neither")]
    [InlineData("https://[fe80::1%25eth0]/", "has a host that is neither")]
    [InlineData("https://keys.example./", "has a host that is neither")]
    [InlineData("https://keys.example/a/../b", "has a dot segment")]
    [InlineData("https://keys.example/%2e%2e/b", "has a dot segment")]
    [InlineData("https://keys.example:0/", "has an invalid port")]
    [InlineData("https://keys.example:65536/", "has an invalid port")]
    [InlineData("https://keys.example:/", "has an invalid port")]
    [InlineData("https://keys.example:22/", "has port 22; allowed are 443 and 1024 to 65535")]
    [InlineData("https://keys.example:80/", "has port 80; allowed are 443 and 1024 to 65535")]
    [InlineData("https://keys.example:1023/", "has port 1023; allowed are 443 and 1024 to 65535")]
    [InlineData("https://keys.internal:444/", "has port 444; allowed are 443 and 1024 to 65535")]
    [InlineData("https://vault.internal:445/", "has port 445; allowed are 443 and 1024 to 65535")]
    public void Refuses_a_uri_by_its_text(string uri, string problem)
    {
        var fault = FetchTarget.Fault(uri, Allowed, out var target);
        Assert.Null(target);
        Assert.StartsWith(problem, fault, StringComparison.Ordinal);
        PlainAscii.Check(fault!);
    }

    [Fact]
    public void Refuses_a_uri_that_is_too_long() => Assert.StartsWith(
        "is 16385 characters long", FetchTarget.Fault(
            "https://keys.example/".PadRight(16385, 'x'), Allowed, out _), StringComparison.Ordinal);

    [Theory]
    [InlineData("https://keys.example", "keys.example", 443, false)]
    [InlineData("HTTPS://Keys.Example/jwks?v=1", "keys.example", 443, false)]
    [InlineData("https://keys.example:443/", "keys.example", 443, false)]
    [InlineData("https://keys.example:1024/", "keys.example", 1024, false)]
    [InlineData("https://keys.example:65535/", "keys.example", 65535, false)]
    [InlineData("https://[2606:2800::1]:8443/", "2606:2800::1", 8443, false)]
    [InlineData("https://KEYS.internal/", "keys.internal", 443, true)]
    [InlineData("https://keys.internal:8443/", "keys.internal", 8443, true)]
    [InlineData("https://my.keys.internal/", "my.keys.internal", 443, false)]
    [InlineData("https://localhost:8443/", "localhost", 8443, true)]
    [InlineData("https://localhost:8444/", "localhost", 8444, false)]
    [InlineData("https://vault.internal:444/", "vault.internal", 444, true)]
    [InlineData("https://[::1]:9443/", "::1", 9443, true)]
    [InlineData("https://[::1]/", "::1", 443, false)]
    [InlineData("https://10.0.0.7/", "10.0.0.7", 443, true)]
    [InlineData("https://10.0.0.70/", "10.0.0.70", 443, false)]
    public void Reads_host_and_port_and_whether_the_host_may_be_private(string uri, string host, int port, bool mayBePrivate)
    {
        Assert.Null(FetchTarget.Fault(uri, Allowed, out var target));
        Assert.Equal((uri, host, port, mayBePrivate), (target!.Text, target.Host, target.Port, target.MayBePrivate));
        Assert.Equal((host, port), (target.Uri.IdnHost, target.Uri.Port));
    }
}
