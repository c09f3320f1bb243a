using GrpcDcr.Server.Credentials;
using Microsoft.Extensions.Time.Testing;

namespace GrpcDcr.Server.Tests.Credentials;

public sealed class CredentialFactoryTests
{
    [Fact]
    public void Never_issues_a_secret_twice()
    {
        var secrets = Enumerable.Range(0, 1000).Select(_ => CredentialFactory.NewSecret().Reveal()).ToList();
        Assert.Equal(1000, secrets.Distinct(StringComparer.Ordinal).Count());
        Assert.All(secrets, secret => Assert.Matches("^[A-Za-z0-9_-]{43}$", secret));
    }

    [Fact]
    public async Task Never_issues_a_secret_or_an_identifier_twice_from_any_thread()
    {
        var factory = new CredentialFactory(new FakeTimeProvider());
        var issued = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
            Enumerable.Range(0, 500).Select(_ => (Secret: CredentialFactory.NewSecret().Reveal(), Id: factory.NewClientId())).ToList())));
        Assert.Equal(4000, issued.SelectMany(all => all).Select(one => one.Secret).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(4000, issued.SelectMany(all => all).Select(one => one.Id).Distinct().Count());
    }

    /// <summary>Across the end of a page too.</summary>
    [Fact]
    public void Random_bytes_are_all_filled_and_differ()
    {
        var taken = Enumerable.Range(0, 300).Select(_ =>
        {
            var bytes = new byte[33];
            RandomBytes.Fill(bytes);
            return bytes;
        }).ToList();
        Assert.Equal(300, taken.Select(Convert.ToHexString).Distinct(StringComparer.Ordinal).Count());
        Assert.All(Enumerable.Range(0, 33), i => Assert.True(taken.Select(bytes => bytes[i]).Distinct().Count() > 100));
    }

    [Fact]
    public void A_secret_for_an_algorithm_that_needs_64_octets_has_them() =>
        Assert.Matches("^[A-Za-z0-9_-]{64}$", CredentialFactory.NewSecret(64).Reveal());

    [Fact]
    public void Prints_no_secret()
    {
        var secret = CredentialFactory.NewSecret();
        Assert.Equal("***", $"{secret}");
        Assert.NotEqual("***", secret.Reveal());
    }

    [Fact]
    public void Issues_identifiers_in_the_order_of_time()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var factory = new CredentialFactory(time);
        var ids = Enumerable.Range(0, 100).Select(_ =>
        {
            time.Advance(TimeSpan.FromMilliseconds(1));
            return factory.NewClientId();
        }).ToList();
        Assert.Equal(ids.Order(), ids);
        Assert.Equal(ids.Select(id => id.ToString()).Order(StringComparer.Ordinal), ids.Select(id => id.ToString()));
        Assert.All(ids, id => Assert.Equal((7, 8), (id.Value.Version, id.Value.Variant & 0xC)));
    }
}
