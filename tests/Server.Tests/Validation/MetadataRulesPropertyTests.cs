using CsCheck;
using GrpcDcr.Server.Endpoints.Mapping;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;
using GrpcDcr.Server.Syntax;
using GrpcDcr.Server.Validation;
using GrpcDcr.Server.Validation.Members;
using GrpcDcr.TestKit;
using GrpcDcr.TestKit.Samples;

namespace GrpcDcr.Server.Tests.Validation;

/// <summary>What holds for every validation result, whatever is asked for.</summary>
public sealed class MetadataRulesPropertyTests
{
    private const int Iterations = 5_000;

    private static readonly RegistrationPolicy[] AllPolicies =
    [
        Policies.Compat, Policies.Strict, Policies.Wide, Policies.Named("wide+strict"), Policies.Named("no-default-scope"), Policies.Full,
        Policies.Fapi, Policies.Picky,
        Policies.Named("web-only"),
    ];

    private static readonly Gen<(ClientMetadata Asked, RegistrationPolicy Policy)> Cases =
        Gen.Select(Gen.Frequency((1, GeneratedMetadata.Any), (1, GeneratedMetadata.Plausible)), Gen.OneOf(AllPolicies));

    /// <summary>They are not asked then, so that one that found something would be skipped.</summary>
    [Fact]
    public void Rules_of_members_of_other_specifications_find_nothing_where_a_client_has_none() => Cases.Sample(
        c =>
        {
            var registered = MetadataRules.Validate(c.Asked, c.Policy).Registered;
            foreach (var (member, _) in registered.Values.Where(value => value.Key.Number >= MetadataMembers.FirstExtension))
            {
                registered = registered.With(member, null);
            }

            var violations = new Violations();
            ExtensionRules.CheckMembers(registered, c.Policy, violations);
            Assert.Empty(violations.Found);
        },
        iter: Iterations);

    [Fact]
    public void Never_throws_and_describes_every_fault_in_plain_ascii() => Cases.Sample(
        c =>
        {
            var result = MetadataRules.Validate(c.Asked, c.Policy);
            foreach (var violation in result.Violations)
            {
                Assert.NotEmpty(violation.Member);
                PlainAscii.Check(violation.Description);
                Assert.InRange(violation.Description.Length, 10, 600);
            }

            if (!result.IsAcceptable)
            {
                PlainAscii.Check(new RegistrationFault.InvalidMetadata(result.Violations).Description);
            }
        },
        iter: Iterations);

    [Fact]
    public void Never_touches_redirect_uris() => Cases.Sample(
        c => Assert.Same(c.Asked.RedirectUris, MetadataRules.Validate(c.Asked, c.Policy).Registered.RedirectUris), iter: Iterations);

    [Fact]
    public void Registers_no_scope_but_what_was_asked_for_or_is_the_default() => Cases.Sample(
        c =>
        {
            var result = MetadataRules.Validate(c.Asked, c.Policy);
            if (result.IsAcceptable)
            {
                var asked = Values(c.Asked.Scope);
                Assert.Subset(asked.Count > 0 ? asked : Values(c.Policy.DefaultScope), Values(result.Registered.Scope));
                Assert.All(Values(result.Registered.Scope), scope => Assert.True(c.Policy.Scopes.Contains(scope)));
            }
        },
        iter: Iterations);

    [Fact]
    public void Accepts_again_unchanged_what_it_accepted()
    {
        var accepted = 0;
        Cases.Sample(
            c =>
            {
                var first = MetadataRules.Validate(c.Asked, c.Policy);
                if (first.IsAcceptable)
                {
                    var second = MetadataRules.Validate(first.Registered, c.Policy);
                    Assert.Empty(second.Violations);
                    Assert.Equal(first.Registered.ToMessage(), second.Registered.ToMessage());
                    Interlocked.Increment(ref accepted);
                }
            },
            iter: Iterations);
        Assert.True(accepted > Iterations / 20, $"Only {accepted} of {Iterations} were acceptable: this proves little.");
    }

    [Fact]
    public void Decides_the_same_the_second_time() => Cases.Sample(
        c => Assert.Equal(MetadataRules.Validate(c.Asked, c.Policy).Violations, MetadataRules.Validate(c.Asked, c.Policy).Violations),
        iter: Iterations / 10);

    [Fact]
    public void Registers_nothing_that_the_policy_does_not_allow() => Cases.Sample(
        c =>
        {
            var (registered, violations) = MetadataRules.Validate(c.Asked, c.Policy);
            if (violations.Count == 0)
            {
                Assert.NotEmpty(registered.GrantTypes);
                Assert.All(registered.GrantTypes, grant => Assert.True(c.Policy.GrantTypes.Contains(grant)));
                Assert.All(registered.ResponseTypes, type => Assert.True(c.Policy.ResponseTypes.Contains(type)));
                Assert.True(c.Policy.AuthMethods.Contains(registered.TokenEndpointAuthMethod!));
                Assert.Contains(registered.ApplicationType, new[] { "web", "native" });
                Assert.All(registered.RedirectUris, uri => Assert.NotEqual(RedirectUriKind.Unusable, uri.Kind));
            }
        },
        iter: Iterations);

    [Fact]
    public void Registers_no_extension_that_the_server_does_not_support() => Cases.Sample(
        c =>
        {
            var (registered, violations) = MetadataRules.Validate(c.Asked, c.Policy);
            if (violations.Count == 0)
            {
                Assert.All(registered.Values, member => Assert.True(c.Policy.Supports(member.Key), member.Key));
                Assert.All(registered.Extensions.Keys, name => Assert.True(c.Policy.ExtensionMembers.Contains(name), name));
                Assert.All(CapabilityList.All, list => Assert.All(
                    registered.Text(list.Member) is { } text ? [text] : registered.Texts(list.Member),
                    value => Assert.True(c.Policy.Capabilities.Of(list.Member).Contains(value), $"{list.Member}: {value}")));
                Assert.True(registered.TokenEndpointAuthMethod != "none" || SecretNeed.Of(registered) == SecretNeed.None);
            }
        },
        iter: Iterations);

    private static HashSet<string> Values(string? scope) => [.. (scope ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)];
}
