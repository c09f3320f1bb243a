using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using GrpcDcr.Server.Fetching;
using GrpcDcr.Server.Tests.Fetching.Support;
using GrpcDcr.TestKit.Network;

namespace GrpcDcr.Server.Tests.Fetching;

/// <summary>Certificates, and servers without.</summary>
public sealed class TrustTests
{
    public static TheoryData<string> Bad { get; } = [.. BadCertificates.Keys];

    private static Dictionary<string, Func<X509Certificate2>> BadCertificates => new()
    {
        ["self-signed"] = () => TestAuthority.SelfSigned(),
        ["by an unknown authority of the same name"] = () => TestAuthority.ByUnknownAuthority(),
        ["expired"] = () => TestAuthority.Only.Expired(),
        ["not yet valid"] = TestAuthority.Only.NotYetValid,
        ["for another host"] = TestAuthority.Only.ForAnotherHost,
        ["for clients only"] = TestAuthority.Only.ForClientsOnly,
        ["by an intermediate that is not shown"] = TestAuthority.Only.ByIntermediate,
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task Refuses_a_certificate(string kind)
    {
        await using var encounter = new Encounter(HostileServer.Tls(AnswerAsync, BadCertificates[kind]()));
        Assert.Equal(ExchangeProblems.NotTrusted, await encounter.ProblemAsync());
        Assert.Empty(encounter.Server.Requests);
    }

    [Fact]
    public async Task Takes_a_certificate_of_the_configured_authority()
    {
        await using var encounter = Encounter.With(AnswerAsync);
        Assert.Equal("{}", await encounter.TextAsync());
    }

    [Fact]
    public async Task Takes_a_certificate_by_an_intermediate_that_is_shown()
    {
        await using var encounter = new Encounter(
            HostileServer.Tls(AnswerAsync, TestAuthority.Only.ByIntermediate(), TestAuthority.Only.Intermediate));
        Assert.Equal("{}", await encounter.TextAsync());
    }

    [Fact]
    public async Task Trusts_only_the_system_where_no_authority_is_configured()
    {
        await using var encounter = Encounter.With(AnswerAsync, options => options.CertificateAuthorities = "");
        Assert.Equal(ExchangeProblems.NotTrusted, await encounter.ProblemAsync());
        Assert.Empty(encounter.Server.Requests);
    }

    [Fact]
    public async Task Asks_no_place_that_a_certificate_names()
    {
        await using var trap = HostileServer.Plain(c => Task.CompletedTask);
        var certificate = TestAuthority.Only.ThatNamesPlaces($"http://127.0.0.1:{trap.Port}");
        await using var encounter = new Encounter(HostileServer.Tls(AnswerAsync, certificate));
        Assert.Equal(ExchangeProblems.NotTrusted, await encounter.ProblemAsync());
        Assert.Equal(0, await trap.ArrivalsAsync());
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}")]
    [InlineData("SSH-2.0-OpenSSH_9.9\r\n")]
    public async Task Refuses_a_server_without_tls(string greeting)
    {
        await using var encounter = new Encounter(HostileServer.Plain(c => c.SendAsync(greeting)));
        Assert.Equal(ExchangeProblems.NotTrusted, await encounter.ProblemAsync());
        Assert.Equal(1, await encounter.Server.ArrivalsAsync());
    }

    [Fact]
    public void Speaks_tls_from_1_2_on() =>
        Assert.Equal(SslProtocols.Tls12 | SslProtocols.Tls13, new ServerTrust([]).ForConnection().EnabledSslProtocols);

    private static Task AnswerAsync(Conversation conversation) => conversation.SendJsonAsync("{}");
}
