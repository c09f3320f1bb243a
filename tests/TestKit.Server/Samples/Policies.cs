
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;

namespace GrpcDcr.TestKit.Samples;

/// <summary>The policies that the tests judge by. All of them pass their validator.</summary>
internal static class Policies
{
    /// <summary>As the service comes.</summary>
    public static RegistrationPolicy Compat { get; } = Of(_ => { });

    public static RegistrationPolicy Strict { get; } = Of(options => options.Compatibility = false);

    /// <summary>Every grant and response type there is.</summary>
    public static RegistrationPolicy Wide { get; } = Of(AllowEverything);

    public static RegistrationPolicy WideAndStrict { get; } = Of(options =>
    {
        AllowEverything(options);
        options.Compatibility = false;
    });

    /// <summary>No scope unless one is asked for.</summary>
    public static RegistrationPolicy NoDefaultScope { get; } = Of(options => options.DefaultScope = "");

    /// <summary>Every client must be confidential.</summary>
    public static RegistrationPolicy NoPublicClients { get; } =
        Of(options => options.TokenEndpointAuthMethods = "client_secret_post client_secret_basic");

    /// <summary>Schemes without a dot only from the list, response parameters allowed.</summary>
    public static RegistrationPolicy Switched { get; } = Of(options =>
    {
        options.AllowUnlistedPrivateUseSchemes = false;
        options.RefuseResponseParametersInRedirectUris = false;
    });

    /// <summary>An authorization server that has everything.</summary>
    public static RegistrationPolicy Full { get; } = Of(AllowMethods, DeclareEverything);

    /// <summary>As an OpenID provider of the FAPI profiles: few algorithms, none of them RS256.</summary>
    public static RegistrationPolicy Fapi { get; } = Of(
        options => options.TokenEndpointAuthMethods = "private_key_jwt tls_client_auth self_signed_tls_client_auth",
        capabilities =>
        {
            capabilities.SubjectTypes = "pairwise";
            capabilities.IdTokenSigningAlgs = "PS256 ES256";
            capabilities.IdTokenEncryptionAlgs = "RSA-OAEP-256";
            capabilities.IdTokenEncryptionEncs = "A256GCM";
            capabilities.TokenEndpointAuthSigningAlgs = "PS256 ES256";
            capabilities.Features = "par dpop mtls-bound-tokens";
        });

    /// <summary>Takes assertions signed with keys, and nothing else beside the defaults.</summary>
    public static RegistrationPolicy KeyMethod { get; } = Of(options => options.TokenEndpointAuthMethods += " private_key_jwt");

    /// <summary>The switches that are off by default.</summary>
    public static RegistrationPolicy Picky { get; } = Of(options =>
    {
        options.GrantTypes += " client_credentials";
        options.DisplayUrisShareHost = true;
        options.SeparateGrants = true;
        options.RequiredMembers = "client_name x_tenant";
        options.ExtensionMembers = "x_tenant x_note";
        options.MaxExtensionLength = 64;
    });

    /// <summary>Requires a member that has a default, and one that it does not register.</summary>
    public static RegistrationPolicy Demanding { get; } =
        Of(options => options.RequiredMembers = "token_endpoint_auth_method initiate_login_uri");

    /// <summary>Apps on the user's machine only.</summary>
    public static RegistrationPolicy LoopbackOnly { get; } = Of(options => options.RedirectUriKinds = "loopback");

    /// <summary>Web sites only.</summary>
    public static RegistrationPolicy WebOnly { get; } = Of(options => options.RedirectUriKinds = "https");

    public static RegistrationPolicy Named(string name) => name switch
    {
        "compat" => Compat,
        "strict" => Strict,
        "wide" => Wide,
        "wide+strict" => WideAndStrict,
        "no-default-scope" => NoDefaultScope,
        "no-public" => NoPublicClients,
        "switched" => Switched,
        "full" => Full,
        "fapi" => Fapi,
        "key-method" => KeyMethod,
        "picky" => Picky,
        "demanding" => Demanding,
        "loopback-only" => LoopbackOnly,
        "web-only" => WebOnly,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such policy."),
    };

    public static RegistrationPolicy Of(Action<RegistrationOptions> change, Action<CapabilityOptions>? declare = null)
    {
        var (options, capabilities) = (new RegistrationOptions(), new CapabilityOptions());
        change(options);
        declare?.Invoke(capabilities);
        Assert.Equal([], new RegistrationOptionsValidator().Validate(null, options).Failures ?? []);
        Assert.Equal([], declare is null ? [] : new CapabilityOptionsValidator(options, canSeal: true).Validate(null, capabilities).Failures ?? []);
        return new RegistrationPolicy(options, declare is null ? null : new Capabilities(capabilities));
    }

    private static void AllowEverything(RegistrationOptions options)
    {
        options.GrantTypes = string.Join(' ', GrpcDcr.Server.Model.GrantTypes.Supportable);
        options.ResponseTypes = "code, token, id_token, id_token token, code id_token, code token, code id_token token";
    }

    private static void AllowMethods(RegistrationOptions options)
    {
        AllowEverything(options);
        options.TokenEndpointAuthMethods = string.Join(' ', AuthMethods.Supportable);
        options.ExtensionMembers = "x_tenant";
    }

    private static void DeclareEverything(CapabilityOptions capabilities)
    {
        foreach (var list in CapabilityList.All)
        {
            var values = list.Known is { } known ? string.Join(' ', known.InOrder) : "one two";
            typeof(CapabilityOptions).GetProperty(list.Setting)!.SetValue(capabilities, values);
        }

        capabilities.BackchannelUserCode = true;
        capabilities.Features = string.Join(' ', Features.All);
    }
}
