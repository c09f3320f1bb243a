using System.Net.Sockets;
using GrpcDcr.Server.Fetching;
using GrpcDcr.Server.Tests.Fetching.Support;
using GrpcDcr.TestKit.Network;

namespace GrpcDcr.Server.Tests.Fetching;

/// <summary>Where no connection may go (RFC 7591 section 5). On the network of these tests every connection would arrive.</summary>
public sealed class AddressGuardTests : IAsyncDisposable
{
    private const string Public = ScriptedNetwork.PublicAddress;

    private Encounter _encounter = Encounter.With(c => c.SendJsonAsync("{}"));

    public ValueTask DisposeAsync() => _encounter.DisposeAsync();

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("10.1.2.3")]
    [InlineData("192.168.1.1")]
    [InlineData("169.254.169.254")]
    [InlineData("0.0.0.0")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("fd00:ec2::254")]
    [InlineData(Public + " 127.0.0.1")]
    [InlineData("10.1.2.3 " + Public)]
    [InlineData("2606:2800::1 ::1")]
    [InlineData(Public + " " + Public + " " + Public + " " + Public + " " + Public + " 10.1.2.3")]
    public async Task Refuses_a_host_with_an_address_that_is_not_public(string addresses)
    {
        _encounter.Network.Say("metadata.example", addresses);
        Assert.Equal(GuardedConnector.NotPublic, await _encounter.ProblemAsync(host: "metadata.example"));
        await NothingArrivedAsync();
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.1.2.3")]
    [InlineData("169.254.169.254")]
    [InlineData("0.0.0.0")]
    [InlineData("[::1]")]
    [InlineData("[::]")]
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("[::ffff:7f00:1]")]
    [InlineData("[64:ff9b::7f00:1]")]
    [InlineData("[2002:7f00:1::]")]
    [InlineData("[fe80::1]")]
    public async Task Refuses_an_address_that_is_not_public(string host)
    {
        Assert.Equal(GuardedConnector.NotPublic, await _encounter.ProblemAsync(host: host));
        Assert.Empty(_encounter.Network.Lookups);
        await NothingArrivedAsync();
    }

    [Fact]
    public async Task Does_not_tell_a_hidden_host_from_one_that_is_not_there()
    {
        _encounter.Network.Say("wiki.internal", "10.1.2.3");
        _encounter.Network.Say("empty.internal", "");
        var problems = new[]
        {
            await _encounter.ProblemAsync(host: "wiki.internal"), await _encounter.ProblemAsync(host: "empty.internal"),
            await _encounter.ProblemAsync(host: "missing.internal"),
        };
        Assert.Single(problems.Distinct());
        Assert.Equal(3, _encounter.Log.Lines.Distinct().Count());
        Assert.Contains("wiki.internal has the address 10.1.2.3", _encounter.Log.Lines.First(), StringComparison.Ordinal);
        await NothingArrivedAsync();
    }

    [Fact]
    public async Task Connects_to_the_address_that_was_checked()
    {
        _encounter.Network.Say("rebinding.example", Public);
        _encounter.Network.Say("rebinding.example", "127.0.0.1");
        Assert.NotNull((await _encounter.FetchAsync(host: "rebinding.example")).Problem); // The certificate is for other hosts.
        Assert.Equal([Public], _encounter.Network.Connections);
        Assert.Equal(["rebinding.example"], _encounter.Network.Lookups);

        Assert.Equal(GuardedConnector.NotPublic, await _encounter.ProblemAsync("/again", "rebinding.example"));
        Assert.Equal([Public], _encounter.Network.Connections);
        Assert.Equal(1, await _encounter.Server.ArrivalsAsync());
    }

    [Fact]
    public async Task Makes_no_second_connection_for_one_that_broke()
    {
        await using var closing = new Encounter(HostileServer.Tls(_ => Task.CompletedTask));
        closing.Network.Say("keys.example", "127.0.0.1"); // From the second lookup on.
        Assert.Equal(ExchangeProblems.NotWhole, await closing.ProblemAsync());
        Assert.Equal(["keys.example"], closing.Network.Lookups);
        Assert.Equal(1, await closing.Server.ArrivalsAsync());
    }

    [Theory]
    [InlineData("slow.example", "slow.example")]
    [InlineData("slow.example:PORT", "slow.example")]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("127.0.0.1:PORT", "127.0.0.1")]
    public async Task Lets_an_allowed_host_have_any_address(string entry, string host)
    {
        Use(options => options.AllowedHosts = entry.Replace("PORT", $"{_encounter.Server.Port}", StringComparison.Ordinal));
        _encounter.Network.Say("slow.example", "10.1.2.3");
        Assert.Equal("{}", await _encounter.TextAsync(host: host));
    }

    [Fact]
    public async Task Allows_one_port_where_only_one_is_listed()
    {
        Use(options => options.AllowedHosts = "slow.example:1");
        _encounter.Network.Say("slow.example", "10.1.2.3");
        Assert.Equal(GuardedConnector.NotPublic, await _encounter.ProblemAsync(host: "slow.example"));
        await NothingArrivedAsync();
    }

    [Theory]
    [InlineData(3, "{}")]
    [InlineData(4, null)]
    public async Task Tries_four_addresses_of_a_host(int refusing, string? document)
    {
        var attempts = 0;
        _encounter.Network.BeforeConnection = _ => ++attempts > refusing
            ? Task.CompletedTask
            : throw new SocketException((int)SocketError.ConnectionRefused);
        _encounter.Network.Say("slow.example", $"{Public} 2606:2800::1 8.8.8.8 2606:2800::2 9.9.9.9 2606:2800::3");
        var fetched = await _encounter.FetchAsync(host: "slow.example");
        Assert.Equal([Public, "2606:2800::1", "8.8.8.8", "2606:2800::2"], _encounter.Network.Connections);
        Assert.Equal(document is null ? "is on a host that accepts no connection" : null, fetched.Problem);
    }

    [Fact]
    public async Task Asks_nobody_about_a_uri_that_is_wrong_by_its_text()
    {
        Assert.Equal("has a dot segment in its path; none is allowed, encoded or not", await _encounter.ProblemAsync("/a/../b"));
        Assert.Empty(_encounter.Network.Lookups);
        await NothingArrivedAsync();
    }

    private void Use(Action<FetchingOptions> settings) => _encounter = new Encounter(_encounter.Server, settings);

    private async Task NothingArrivedAsync()
    {
        Assert.Empty(_encounter.Network.Connections);
        Assert.Equal(0, await _encounter.Server.ArrivalsAsync());
    }
}
