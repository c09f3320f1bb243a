using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;
using GrpcDcr.Server.Validation;
using GrpcDcr.TestKit.Samples;

namespace GrpcDcr.Server.Tests.Validation;

/// <summary>Lists of a document under the constraints of a token or statement.</summary>
public sealed class NarrowingTests
{
    private static readonly RegistrationPolicy CodeOnly =
        Policies.Wide.Within(new RegistrationConstraints { GrantTypes = [GrantTypes.AuthorizationCode] });

    [Fact]
    public void Response_types_go_with_the_grant_that_constraints_leave_out()
    {
        var result = MetadataRules.Validate(Asking("id_token", "code", "token code"), CodeOnly);
        Assert.Empty(result.Violations);
        Assert.Equal([GrantTypes.AuthorizationCode], result.Registered.GrantTypes);
        Assert.Equal(["code"], result.Registered.ResponseTypes);
    }

    [Fact]
    public void Where_no_response_type_remains_the_missing_grant_is_named() => Assert.Contains(
        "needs the grant type implicit",
        MetadataRules.Validate(Asking("id_token", "code token"), CodeOnly).Violations[0].Description,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("openid", "openid")]
    [InlineData("openid offline_access", "openid offline_access")]
    [InlineData("openid profile", "profile")]
    [InlineData("unknown", null)]
    public void Without_scope_a_client_gets_what_constraints_leave_of_the_default_or_else_allow(string allowed, string? registered)
    {
        var policy = Policies.Compat.Within(new RegistrationConstraints { Scopes = allowed.Split(' ') });
        Assert.Equal(registered, MetadataRules.Validate(Asking("code"), policy).Registered.Scope);
    }

    [Fact]
    public void Without_a_default_scope_constraints_add_none()
    {
        var policy = Policies.Named("no-default-scope").Within(new RegistrationConstraints { Scopes = ["openid"] });
        Assert.Null(MetadataRules.Validate(Asking("code"), policy).Registered.Scope);
    }

    private static ClientMetadata Asking(params string[] responseTypes) => new()
    {
        RedirectUris = [new RedirectUri("https://client.example/cb")],
        GrantTypes = [GrantTypes.AuthorizationCode, GrantTypes.Implicit],
        ResponseTypes = responseTypes,
    };
}
