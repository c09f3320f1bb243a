using GrpcDcr.Server.Registration.Policy;

namespace GrpcDcr.Server.Tests.Registration.Rules;

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

    public static RegistrationPolicy Named(string name) => name switch
    {
        "compat" => Compat,
        "strict" => Strict,
        "wide" => Wide,
        "wide+strict" => WideAndStrict,
        "no-default-scope" => NoDefaultScope,
        "no-public" => NoPublicClients,
        "switched" => Switched,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such policy."),
    };

    public static RegistrationPolicy Of(Action<RegistrationOptions> change)
    {
        var options = new RegistrationOptions();
        change(options);
        Assert.True(new RegistrationOptionsValidator().Validate(null, options).Succeeded);
        return new RegistrationPolicy(options);
    }

    private static void AllowEverything(RegistrationOptions options)
    {
        options.GrantTypes = string.Join(' ', Server.Model.GrantTypes.Supportable);
        options.ResponseTypes = "code, token, id_token, id_token token, code id_token, code token, code id_token token";
    }
}
