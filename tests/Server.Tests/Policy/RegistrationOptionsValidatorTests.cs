using System.Globalization;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;

namespace GrpcDcr.Server.Tests.Policy;

public sealed class RegistrationOptionsValidatorTests
{
    [Fact]
    public void Accepts_the_defaults() => Assert.Empty(Failures(new RegistrationOptions()));

    [Fact]
    public void Accepts_all_that_can_be_allowed() => Assert.Empty(Failures(new RegistrationOptions
    {
        GrantTypes = string.Join(' ', GrantTypes.Supportable),
        ResponseTypes = "code, token, id_token, token id_token, id_token code,code token",
        TokenEndpointAuthMethods = string.Join(' ', AuthMethods.Supportable),
        Approval = ApprovalMode.Automatic,
        AllowedScopes = "",
        DefaultScope = "",
        PrivateUseSchemes = "",
        RedirectUriKinds = "private-use",
        ExtensionMembers = "x_tenant https://schema.example/tier",
        RequiredMembers = "redirect_uris jwks subject_type x_tenant",
    }));

    [Fact]
    public void Accepts_a_service_without_redirects() => Assert.Empty(Failures(new RegistrationOptions
    {
        GrantTypes = "client_credentials",
        ResponseTypes = "",
        TokenEndpointAuthMethods = "client_secret_post",
    }));

    [Fact]
    public void Takes_the_short_name_of_the_device_grant() =>
        Assert.Empty(Failures(new RegistrationOptions { GrantTypes = "authorization_code device_code" }));

    [Theory]
    [InlineData(nameof(RegistrationOptions.AllowedScopes), "email profile a\"b", "a\"b", "printable ASCII")]
    [InlineData(nameof(RegistrationOptions.AllowedScopes), "email profile caf\u00e9", "caf\u00e9", "printable ASCII")]
    [InlineData(nameof(RegistrationOptions.DefaultScope), "email admin", "admin", "email profile openid offline_access")]
    [InlineData(nameof(RegistrationOptions.GrantTypes), "authorization_code password", "password", "client_credentials")]
    [InlineData(nameof(RegistrationOptions.GrantTypes), "authorization_code Refresh_Token", "Refresh_Token", "refresh_token")]
    [InlineData(nameof(RegistrationOptions.GrantTypes), "refresh_token", "refresh_token", "besides refresh_token")]
    [InlineData(nameof(RegistrationOptions.GrantTypes), "", "", "besides refresh_token")]
    [InlineData(nameof(RegistrationOptions.ResponseTypes), "code, foo", "foo", "code, id_token, token")]
    [InlineData(nameof(RegistrationOptions.ResponseTypes), "code, token", "token", "implicit")]
    [InlineData(nameof(RegistrationOptions.ResponseTypes), "code, code id_token", "code id_token", "implicit")]
    [InlineData(nameof(RegistrationOptions.ResponseTypes), "", "", "authorization_code")]
    [InlineData(nameof(RegistrationOptions.TokenEndpointAuthMethods), "", "", "client_secret_basic")]
    [InlineData(
        nameof(RegistrationOptions.TokenEndpointAuthMethods), "none attest_jwt_client_auth", "attest_jwt_client_auth", "private_key_jwt")]
    [InlineData(nameof(RegistrationOptions.PrivateUseSchemes), "cursor javascript", "javascript", "dangerous")]
    [InlineData(nameof(RegistrationOptions.PrivateUseSchemes), "https", "https", "dangerous")]
    [InlineData(nameof(RegistrationOptions.PrivateUseSchemes), "cursor:", "cursor:", "without a colon")]
    [InlineData(nameof(RegistrationOptions.PrivateUseSchemes), "x", "x", "a letter and then")]
    [InlineData(nameof(RegistrationOptions.RedirectUriKinds), "", "", "https, loopback, private-use")]
    [InlineData(nameof(RegistrationOptions.RedirectUriKinds), "https http", "https http", "https, loopback, private-use")]
    [InlineData(nameof(RegistrationOptions.RequiredMembers), "client_name nickname", "nickname", "Registration:ExtensionMembers")]
    [InlineData(nameof(RegistrationOptions.RequiredMembers), "software_statement", "software_statement", "RFC 7591 section 2")]
    [InlineData(nameof(RegistrationOptions.RequiredMembers), "client_id", "client_id", "RFC 7591 section 2")]
    [InlineData(nameof(RegistrationOptions.ExtensionMembers), "x_tenant client_name", "client_name", "the service does not know")]
    [InlineData(nameof(RegistrationOptions.ExtensionMembers), "subject_type", "subject_type", "the service does not know")]
    [InlineData(nameof(RegistrationOptions.ExtensionMembers), "client_secret", "client_secret", "the service does not know")]
    [InlineData(
        nameof(RegistrationOptions.ExtensionMembers), "registration_client_uri", "registration_client_uri",
        "the service does not know")]
    [InlineData(nameof(RegistrationOptions.ExtensionMembers), "client_status", "client_status", "the service does not know")]
    [InlineData(nameof(RegistrationOptions.ExtensionMembers), "software_statement", "software_statement", "the service does not know")]
    [InlineData(nameof(RegistrationOptions.ExtensionMembers), "x_note#en", "x_note#en", "number sign")]
    [InlineData(nameof(RegistrationOptions.ExtensionMembers), "caf\u00e9", "caf\u00e9", "printable ASCII")]
    public void Names_key_value_and_what_is_allowed(string setting, string value, string wrong, string allowed)
    {
        var options = new RegistrationOptions();
        typeof(RegistrationOptions).GetProperty(setting)!.SetValue(options, value);
        Assert.Contains(Failures(options), failure =>
            failure.StartsWith($"Registration:{setting} is '{wrong}'.", StringComparison.Ordinal)
            && failure.Contains(allowed, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(nameof(RegistrationOptions.MaxRedirectUris), 1, 1000)]
    [InlineData(nameof(RegistrationOptions.MaxRedirectUriLength), 256, 16384)]
    [InlineData(nameof(RegistrationOptions.MaxTextLength), 1, 16384)]
    [InlineData(nameof(RegistrationOptions.MaxUriLength), 256, 16384)]
    [InlineData(nameof(RegistrationOptions.MaxScopeLength), 13, 65536)]
    [InlineData(nameof(RegistrationOptions.MaxListLength), 1, 1000)]
    [InlineData(nameof(RegistrationOptions.MaxContacts), 0, 1000)]
    [InlineData(nameof(RegistrationOptions.MaxLocalized), 0, 1000)]
    [InlineData(nameof(RegistrationOptions.MaxJwksKeys), 0, 1000)]
    [InlineData(nameof(RegistrationOptions.MaxJwksLength), 64, 1048576)]
    [InlineData(nameof(RegistrationOptions.MaxExtensionLength), 16, 65536)]
    public void Limits_have_a_range(string setting, int least, int most)
    {
        var property = typeof(RegistrationOptions).GetProperty(setting)!;
        foreach (
            var (value, isRight) in new[] { (least, true), (most, true), (least - 1, false), (most + 1, false), (int.MinValue, false) })
        {
            var options = new RegistrationOptions();
            property.SetValue(options, value);
            var failures = Failures(options);
            Assert.Equal((value, isRight), (value, failures.Count == 0));
            Assert.All(
                failures, failure => Assert.Contains(value.ToString(CultureInfo.InvariantCulture), failure, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Finds_contradictions_between_settings()
    {
        var onlyPublic = Failures(
            new RegistrationOptions { GrantTypes = "client_credentials", ResponseTypes = "", TokenEndpointAuthMethods = "none" });
        Assert.Contains("Registration:GrantTypes allows client_credentials", Assert.Single(onlyPublic), StringComparison.Ordinal);
        var tooShort = Failures(new RegistrationOptions { MaxScopeLength = 12 });
        Assert.Contains("Registration:MaxScopeLength", Assert.Single(tooShort), StringComparison.Ordinal);
        Assert.Single(Failures(new RegistrationOptions { Approval = (ApprovalMode)9 }));
    }

    [Fact]
    public void Finds_every_problem_at_once() => Assert.Equal(4, Failures(new RegistrationOptions
    {
        AllowedScopes = "email profile \"",
        TokenEndpointAuthMethods = "foo",
        PrivateUseSchemes = "data",
        MaxContacts = -1,
    }).Count);

    [Fact]
    public void Whatever_it_accepts_makes_a_policy_under_which_somebody_can_register()
    {
        var policy = new RegistrationPolicy(
            new RegistrationOptions { DefaultScope = " email  email ", TokenEndpointAuthMethods = "none client_secret_post" });
        Assert.Equal(("email", "none"), (policy.DefaultScope, policy.DefaultAuthMethod));
    }

    private static List<string> Failures(RegistrationOptions options) =>
        [.. RegistrationOptionsValidator.Validate(options).Select(problem => problem.ToString())];
}
