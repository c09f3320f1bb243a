using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;

namespace GrpcDcr.Server.Tests.Policy;

public sealed class CapabilityOptionsValidatorTests
{
    private const string Methods = "client_secret_basic private_key_jwt client_secret_jwt";

    [Fact]
    public void Accepts_the_defaults() => Assert.Empty(Failures(new CapabilityOptions(), new RegistrationOptions(), canSeal: false));

    [Fact]
    public void Knows_every_setting_of_the_section()
    {
        var listed = CapabilityList.All.Select(list => list.Setting)
            .Concat([nameof(CapabilityOptions.BackchannelUserCode), nameof(CapabilityOptions.Features)]);
        Assert.Equal(typeof(CapabilityOptions).GetProperties().Select(property => property.Name).Order(), listed.Order());
        Assert.All(CapabilityList.All, list =>
        {
            var options = new CapabilityOptions();
            typeof(CapabilityOptions).GetProperty(list.Setting)!.SetValue(options, "x");
            Assert.Equal((list.Setting, "x"), (list.Setting, list.Read(options)));
        });
    }

    [Theory]
    [InlineData(nameof(CapabilityOptions.SubjectTypes), "public shared", "shared", "public, pairwise")]
    [InlineData(nameof(CapabilityOptions.IdTokenSigningAlgs), "RS256 XX999", "XX999", "HS256")]
    [InlineData(nameof(CapabilityOptions.IdTokenSigningAlgs), "rs256", "rs256", "RS256")]
    [InlineData(nameof(CapabilityOptions.IdTokenSigningAlgs), "ES256K", "ES256K", "ES256")]
    [InlineData(nameof(CapabilityOptions.UserinfoSigningAlgs), "RSA-OAEP", "RSA-OAEP", "none")]
    [InlineData(nameof(CapabilityOptions.IntrospectionSigningAlgs), "none", "none", "RS256")]
    [InlineData(nameof(CapabilityOptions.AuthorizationSigningAlgs), "none", "none", "RS256")]
    [InlineData(nameof(CapabilityOptions.NfvTokenSigningAlgs), "none", "none", "RS256")]
    [InlineData(nameof(CapabilityOptions.TokenEndpointAuthSigningAlgs), "RS256 none", "none", "RS256")]
    [InlineData(nameof(CapabilityOptions.BackchannelAuthenticationRequestSigningAlgs), "HS256", "HS256", "RS256")]
    [InlineData(nameof(CapabilityOptions.BackchannelAuthenticationRequestSigningAlgs), "none", "none", "RS256")]
    [InlineData(nameof(CapabilityOptions.IdTokenEncryptionAlgs), "A256GCM", "A256GCM", "RSA-OAEP-256")]
    [InlineData(nameof(CapabilityOptions.RequestObjectEncryptionEncs), "RSA-OAEP", "RSA-OAEP", "A128CBC-HS256")]
    [InlineData(nameof(CapabilityOptions.AcrValues), "urn:a a\"b", "a\"b", "printable ASCII")]
    [InlineData(nameof(CapabilityOptions.BackchannelTokenDeliveryModes), "poll shout", "shout", "poll, ping, push")]
    [InlineData(nameof(CapabilityOptions.Features), "dpop dpopp", "dpopp", "par, dpop")]
    [InlineData(nameof(CapabilityOptions.Features), "DPoP", "DPoP", "par, dpop")]
    public void Names_key_value_and_what_is_allowed(string setting, string value, string wrong, string allowed)
    {
        var options = new CapabilityOptions();
        typeof(CapabilityOptions).GetProperty(setting)!.SetValue(options, value);
        Assert.Contains(Failures(options, new RegistrationOptions(), canSeal: true), failure =>
            failure.StartsWith($"Capabilities:{setting} is '{wrong}'.", StringComparison.Ordinal)
            && failure.Contains(allowed, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(nameof(CapabilityOptions.IdTokenSigningAlgs), "HS256")]
    [InlineData(nameof(CapabilityOptions.RequestObjectEncryptionAlgs), "A128KW")]
    [InlineData(nameof(CapabilityOptions.UserinfoEncryptionAlgs), "dir")]
    [InlineData(nameof(CapabilityOptions.IntrospectionEncryptionAlgs), "PBES2-HS256+A128KW")]
    [InlineData(nameof(CapabilityOptions.AuthorizationEncryptionAlgs), "A256GCMKW")]
    public void Algorithms_that_work_with_the_secret_need_it_to_be_kept(string setting, string algorithm)
    {
        var options = new CapabilityOptions();
        typeof(CapabilityOptions).GetProperty(setting)!.SetValue(options, algorithm);
        var failures = Failures(options, new RegistrationOptions(), canSeal: false);
        Assert.Contains(failures, failure => failure.StartsWith($"Capabilities:{setting} is '{algorithm}'.", StringComparison.Ordinal)
            && failure.Contains("Registration:SecretSealingKey", StringComparison.Ordinal));
        Assert.DoesNotContain(
            Failures(options, new RegistrationOptions(), canSeal: true), failure => failure.Contains("Seal", StringComparison.Ordinal));
    }

    [Fact]
    public void So_does_the_method_that_signs_with_the_secret()
    {
        var registration = new RegistrationOptions { TokenEndpointAuthMethods = Methods };
        var options = new CapabilityOptions { TokenEndpointAuthSigningAlgs = "RS256 HS256" };
        Assert.Contains(
            "Registration:TokenEndpointAuthMethods is 'client_secret_jwt'. Allowed: this value only with Registration:SecretSealingKey, "
                + "because it needs the client secret itself, "
            + "and only a hash is stored.",
            Failures(options, registration, canSeal: false));
        Assert.Empty(Failures(options, registration, canSeal: true));
    }

    [Theory]
    [InlineData(Methods, "RS256", "RS256", "TokenEndpointAuthMethods allows client_secret_jwt")]
    [InlineData(Methods, "HS256", "HS256", "TokenEndpointAuthMethods allows private_key_jwt")]
    [InlineData(
        "private_key_jwt", "RS256 HS256", "HS256", "this value only if Registration:TokenEndpointAuthMethods allows client_secret_jwt")]
    [InlineData(
        "client_secret_jwt", "ES256 HS256", "ES256", "this value only if Registration:TokenEndpointAuthMethods allows private_key_jwt")]
    [InlineData("private_key_jwt", "", "", "TokenEndpointAuthMethods allows private_key_jwt")]
    public void Assertions_fit_the_methods_that_are_allowed(string methods, string algorithms, string wrong, string said)
    {
        var registration = new RegistrationOptions { TokenEndpointAuthMethods = methods };
        var failures = Failures(new CapabilityOptions { TokenEndpointAuthSigningAlgs = algorithms }, registration, canSeal: true);
        Assert.Contains(failures, failure =>
            failure.StartsWith($"Capabilities:TokenEndpointAuthSigningAlgs is '{wrong}'.", StringComparison.Ordinal)
            && failure.Contains(said, StringComparison.Ordinal));
    }

    [Fact]
    public void Without_such_a_method_their_algorithms_do_not_matter() =>
        Assert.Empty(Failures(new CapabilityOptions { TokenEndpointAuthSigningAlgs = "" }, new RegistrationOptions(), canSeal: false));

    [Theory]
    [InlineData(
        "RSA-OAEP", "",
        "Capabilities:IdTokenEncryptionAlgs is 'RSA-OAEP'. Allowed: this only together with values of Capabilities:IdTokenEncryptionEncs")]
    [InlineData(
        "", "A128GCM",
        "Capabilities:IdTokenEncryptionEncs is 'A128GCM'. Allowed: this only together with values of Capabilities:IdTokenEncryptionAlgs")]
    public void Encryption_takes_two_lists(string algs, string encs, string said)
    {
        var options = new CapabilityOptions { IdTokenEncryptionAlgs = algs, IdTokenEncryptionEncs = encs };
        Assert.StartsWith(said, Assert.Single(Failures(options, new RegistrationOptions(), canSeal: false)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("authorization_code", "poll")]
    [InlineData("authorization_code urn:openid:params:grant-type:ciba", "")]
    public void Delivery_modes_go_with_the_grant(string grants, string modes)
    {
        var registration = new RegistrationOptions { GrantTypes = grants };
        var failure = Assert.Single(
            Failures(new CapabilityOptions { BackchannelTokenDeliveryModes = modes }, registration, canSeal: false));
        Assert.StartsWith($"Capabilities:BackchannelTokenDeliveryModes is '{modes}'.", failure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("none", false)]
    [InlineData("none ES256", true)]
    public void Signed_request_objects_need_an_algorithm(string algorithms, bool isRight)
    {
        var options = new CapabilityOptions { Features = Features.SignedRequestObjects, RequestObjectSigningAlgs = algorithms };
        Assert.Equal(isRight, Failures(options, new RegistrationOptions(), canSeal: false).Count == 0);
    }

    [Fact]
    public void The_default_signature_is_RS256_or_the_first_with_a_key_pair()
    {
        Assert.Equal("RS256", Default("ES256 RS256"));
        Assert.Equal("ES256", Default("none HS256 ES256 PS256"));
        Assert.Null(Default("none HS256"));
        Assert.Null(Default(""));

        static string? Default(string algorithms) =>
            new Capabilities(new CapabilityOptions { IdTokenSigningAlgs = algorithms })
                .DefaultSigningAlg(ExtensionMembers.IdTokenSignedResponseAlg);
    }

    private static List<string> Failures(CapabilityOptions options, RegistrationOptions registration, bool canSeal) =>
        [.. new CapabilityOptionsValidator(registration, canSeal).Validate(options).Select(problem => problem.ToString())];
}
