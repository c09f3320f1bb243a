using System.Collections.Concurrent;
using GrpcDcr.Server.Hosting.Settings;
using GrpcDcr.Server.Policy;
using Microsoft.Extensions.Configuration;

namespace GrpcDcr.TestKit.Samples;

/// <summary>The policies of <see cref="Deployments"/>, and others made for one test. All of them pass their validator.</summary>
internal static class Policies
{
    private static readonly ConcurrentDictionary<string, RegistrationPolicy> Known = new(StringComparer.Ordinal);

    /// <summary>As the service comes.</summary>
    public static RegistrationPolicy Compat => Named("compat");

    public static RegistrationPolicy Strict => Named("strict");

    /// <summary>Every grant and response type there is.</summary>
    public static RegistrationPolicy Wide => Named("wide");

    /// <summary>Schemes without a dot only from the list, response parameters allowed.</summary>
    public static RegistrationPolicy Switched => Named("switched");

    /// <summary>An authorization server that has everything.</summary>
    public static RegistrationPolicy Full => Named("full");

    /// <summary>As an OpenID provider of the FAPI profiles: few algorithms, none of them RS256.</summary>
    public static RegistrationPolicy Fapi => Named("fapi");

    /// <summary>Takes assertions signed with keys, and nothing else beside the defaults.</summary>
    public static RegistrationPolicy KeyMethod => Named("key-method");

    /// <summary>The switches that are off by default.</summary>
    public static RegistrationPolicy Picky => Named("picky");

    /// <param name="name">One of <see cref="Deployments"/>.</param>
    public static RegistrationPolicy Named(string name) => Known.GetOrAdd(name, _ => Configured(Deployments.Named(name)));

    public static RegistrationPolicy Of(Action<RegistrationOptions> change, Action<CapabilityOptions>? declare = null)
    {
        var (options, capabilities) = (new RegistrationOptions(), new CapabilityOptions());
        change(options);
        declare?.Invoke(capabilities);
        Assert.Equal([], RegistrationOptionsValidator.Validate(options));
        Assert.Equal([], declare is null ? [] : new CapabilityOptionsValidator(options, canSeal: true).Validate(capabilities));
        return new RegistrationPolicy(options, declare is null ? null : new Capabilities(capabilities));
    }

    private static RegistrationPolicy Configured(string[] settings)
    {
        var pairs = settings.Select(setting => setting.Split('=', 2)).Select(pair => KeyValuePair.Create(pair[0], (string?)pair[1]));
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(pairs).Build();
        return ServerSettings.Read(SettingSources.Of(configuration, (_, _) => "the table of deployments"), []).Registration.Policies.Server;
    }
}
