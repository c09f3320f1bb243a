using System.Text.Json;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;
using GrpcDcr.Server.Syntax;
using GrpcDcr.Server.Validation;
using GrpcDcr.TestKit.Samples;

namespace GrpcDcr.Server.Tests.Validation;

/// <summary>OIDR-2-11: which of its keys a client signs with must not be a guess.</summary>
public sealed class KeyUseTests
{
    private const string Signs = "{" + SampleKeys.Rsa + ",\"use\":\"sig\"}";
    private const string Encrypts = "{" + SampleKeys.Rsa + ",\"use\":\"enc\"}";
    private const string Open = "{" + SampleKeys.Rsa + "}";

    [Theory]
    [InlineData(Signs, Encrypts, Open)]
    [InlineData(Open, Encrypts, Signs)]
    [InlineData(Signs, Encrypts, """{"kty":"AKP"}""")]
    public void Refuses_a_mixed_set_in_which_a_key_leaves_its_use_open(params string[] keys)
    {
        var violation = Assert.Single(Validate(keys));
        Assert.Equal(CoreMembers.Jwks, violation.Member);
        Assert.Contains("must have the member use", violation.Description, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Signs, Encrypts)]
    [InlineData(Signs, Open)]
    [InlineData(Encrypts, Open)]
    [InlineData(Open, Open)]
    public void Accepts_a_set_whose_uses_are_clear(params string[] keys) => Assert.Empty(Validate(keys));

    private static IReadOnlyList<Violation> Validate(string[] keys)
    {
        var asked = new ClientMetadata
        {
            RedirectUris = ["https://client.example/cb"],
            Jwks = JsonElement.Parse($$"""{"keys":[{{string.Join(',', keys)}}]}"""),
        };
        return MetadataRules.Validate(asked, new RegistrationPolicy(new RegistrationOptions())).Violations;
    }
}
