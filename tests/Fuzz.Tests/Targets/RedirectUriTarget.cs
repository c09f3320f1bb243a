using System.Text;
using GrpcDcr.Fuzz.Tests.Engine;
using GrpcDcr.Fuzz.Tests.Mutations;
using GrpcDcr.Fuzz.Tests.Oracles;
using GrpcDcr.Server.Fetching;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;
using GrpcDcr.Server.Policy.Hosts;
using GrpcDcr.Server.Syntax;
using GrpcDcr.Server.Validation.Values;
using GrpcDcr.TestKit.Samples;

namespace GrpcDcr.Fuzz.Tests.Targets;

/// <summary>
/// Two redirect URIs, a line each: whether they are taken, where they lead, whether one stands for the other; and as URIs to fetch.
/// </summary>
internal sealed class RedirectUriTarget : IFuzzTarget
{
    private static readonly RegistrationPolicy[] AllPolicies = [Policies.Compat, Policies.Strict, Policies.Switched];

    private static readonly RedirectTargets Targets =
        RedirectTargets.Parse(["*.client.example", "client.example", "localhost", "cursor:"], []);

    private static readonly AllowedHosts NoHosts = new("");

    public string Name => "redirect-uris";

    public IReadOnlyList<byte[]> Seeds { get; } =
    [
        .. SampleDocuments.RedirectUris.Zip(
            [.. SampleDocuments.RedirectUris.Skip(1), ""], (one, other) => Encoding.UTF8.GetBytes($"{one}\n{other}")),
        .. SampleDocuments.RedirectUris.Select(Encoding.UTF8.GetBytes),
        "http://127.0.0.1/cb\nhttp://127.0.0.1:51004/cb"u8.ToArray(),
        "http://[::1]:1/cb?x\nhttp://[::1]:2/cb?x"u8.ToArray(),
    ];

    public IMutation Mutation { get; } = new TextMutation(new Vocabulary(SampleDocuments.RedirectUris.Select(Encoding.UTF8.GetBytes)));

    public void Check(byte[] input)
    {
        var lines = Encoding.UTF8.GetString(input).Split('\n', 2);
        foreach (var uri in lines)
        {
            foreach (var policy in AllPolicies)
            {
                CheckRules(uri, policy);
            }

            CheckFetching(uri);
        }

        if (lines is [var registered, var requested])
        {
            CheckMatch(registered, requested);
            CheckOrigins(registered, requested);
        }
    }

    private static void CheckRules(string uri, RegistrationPolicy policy)
    {
        var read = new RedirectUri(uri);
        if (RedirectUriRules.Fault(read, policy) is { } fault)
        {
            Refusals.CheckSentence($"{RedirectUriRules.Label(0, uri)} {fault}.");
        }
        else
        {
            RedirectUris.CheckAccepted(uri);
        }

        var violations = new Violations();
        RedirectTargetRules.Check(new ClientMetadata { RedirectUris = [read] }, policy, violations);
        Assert.All(violations.Found, violation => Refusals.CheckSentence(violation.Description));
        CheckTarget(uri);
    }

    /// <summary>Whether it is taken or not: it is never said to lead to a host that others do not read in it.</summary>
    private static void CheckTarget(string uri)
    {
        var redirect = new RedirectUri(uri);
        var target = redirect.Target;
        if (target != uri && RedirectUris.IsHttp(uri) && Uri.TryCreate(uri, UriKind.Absolute, out var read) && HostSyntax.IsHost(target))
        {
            var isLoopback = target == "localhost" && read.IsLoopback;
            Assert.True(isLoopback || RedirectUris.IsSameHost(target, read), $"It leads to {target} here, and to {read.Host} for others.");
        }

        if (Targets.Allow(redirect) && RedirectUriRules.Fault(redirect, Policies.Compat) is null)
        {
            Assert.True(!RedirectUris.IsHttp(uri) ? uri.StartsWith("cursor:", StringComparison.OrdinalIgnoreCase)
                : new Uri(uri) is var allowed && (allowed.IsLoopback
                    || allowed.Host == "client.example" || allowed.Host.EndsWith(".client.example", StringComparison.Ordinal)));
        }
    }

    private static void CheckFetching(string uri)
    {
        if (HttpsUri.Fault(uri, Policies.Compat.Limits.UriLength) is { } fault)
        {
            Refusals.CheckSentence($"jwks_uri {fault}.");
        }
        else
        {
            RedirectUris.CheckHttp(uri);
        }

        if (FetchTarget.Fault(uri, NoHosts, out var target) is { } reason)
        {
            Refusals.CheckSentence($"jwks_uri {reason}.");
            return;
        }

        RedirectUris.CheckHttp(uri);
        Assert.NotNull(target);
        Assert.Equal(target.Uri.Port, target.Port);
        Assert.True(RedirectUris.IsSameHost(target.Host.Contains(':') ? $"[{target.Host}]" : target.Host, target.Uri));
        Assert.False(target.MayBePrivate);
    }

    /// <summary>RFC 8252 section 7.3: only the port of a loopback http URI may differ.</summary>
    private static void CheckMatch(string registered, string requested)
    {
        var (redirect, asked) = (new RedirectUri(registered), new RedirectUri(requested));
        var isAllowed = RedirectUriMatch.Allows(redirect, asked);
        Assert.Equal(isAllowed, RedirectUriMatch.Allows(asked, redirect));
        Assert.Equal(isAllowed ? requested : null, RedirectUriMatch.Choose([redirect], requested));
        if (isAllowed && registered != requested && RedirectUriRules.Fault(redirect, Policies.Compat) is null)
        {
            var (one, other) = (new Uri(registered), new Uri(requested));
            Assert.True(one.Scheme == "http" && other.Scheme == "http" && one.IsLoopback && other.IsLoopback && other.UserInfo.Length == 0);
            Assert.Equal((one.Host, one.PathAndQuery, one.Fragment), (other.Host, other.PathAndQuery, other.Fragment));
        }
    }

    private static bool IsShared(string one, string other) => UriOrigin.IsShared(UriText.Split(one), UriText.Split(other));

    private static void CheckOrigins(string one, string other)
    {
        Assert.Equal(IsShared(one, other), IsShared(other, one));
        if (
            HttpsUri.Fault(one, Policies.Compat.Limits.UriLength) is null
                && HttpsUri.Fault(other, Policies.Compat.Limits.UriLength) is null)
        {
            var (first, second) = (new Uri(one), new Uri(other));
            Assert.True(!IsShared(one, other) || (first.Host == second.Host && first.Port == second.Port));
        }
    }
}
