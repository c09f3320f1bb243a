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
        Assert.All(ids, id => Assert.Equal(7, id.Value.Version));
    }
}
