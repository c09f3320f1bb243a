using Grpc.Core;
using Microsoft.AspNetCore.Authorization;

namespace GrpcDcr.Server.Endpoints.Security;

/// <summary>All authorization policies, and the policy of every method. A method without a policy is denied to everybody.</summary>
internal static class Policies
{
    /// <summary>No credential is required.</summary>
    public const string Everybody = "everybody";

    /// <summary>Registration, with or without an initial access token (RFC 7591 section 3).</summary>
    public const string Register = "register";

    /// <summary>Management by a client of its own registration (RFC 7592).</summary>
    public const string OwnRecord = "own-record";

    /// <summary>The client directory.</summary>
    public const string Lookup = "lookup";

    /// <summary>Client secrets in plain text.</summary>
    public const string RevealSecrets = "reveal-secrets";

    /// <summary>Reading what administrators see.</summary>
    public const string View = "view";

    /// <summary>Decisions about registrations.</summary>
    public const string Approve = "approve";

    /// <summary>All other acts of administrators.</summary>
    public const string Administer = "administer";

    /// <summary>The authentication scheme of the console.</summary>
    public const string SessionScheme = "Session";

    private static readonly Dictionary<string, string> ByMethod = new(StringComparer.Ordinal)
    {
        ["grpcdcr.v1.ClientRegistration/RegisterClient"] = Register,
        ["grpcdcr.v1.ClientRegistration/PreviewRegistration"] = Register,
        ["grpcdcr.v1.ClientRegistration/ReadClient"] = OwnRecord,
        ["grpcdcr.v1.ClientRegistration/UpdateClient"] = OwnRecord,
        ["grpcdcr.v1.ClientRegistration/DeleteClient"] = OwnRecord,

        ["grpcdcr.directory.v1.ClientDirectory/GetClient"] = Lookup,
        ["grpcdcr.directory.v1.ClientDirectory/AuthenticateClient"] = Lookup,
        ["grpcdcr.directory.v1.ClientDirectory/CheckRedirectUri"] = Lookup,
        ["grpcdcr.directory.v1.ClientSecrets/RevealClientSecret"] = RevealSecrets,

        ["grpcdcr.admin.v1.ClientAdministration/ListClients"] = View,
        ["grpcdcr.admin.v1.ClientAdministration/CountClients"] = View,
        ["grpcdcr.admin.v1.ClientAdministration/GetClient"] = View,
        ["grpcdcr.admin.v1.ClientAdministration/PreviewRegistration"] = Approve,
        ["grpcdcr.admin.v1.ClientAdministration/ApproveClient"] = Approve,
        ["grpcdcr.admin.v1.ClientAdministration/RejectClient"] = Approve,
        ["grpcdcr.admin.v1.ClientAdministration/CreateClient"] = Administer,
        ["grpcdcr.admin.v1.ClientAdministration/UpdateClient"] = Administer,
        ["grpcdcr.admin.v1.ClientAdministration/UpdateClientAnnotations"] = Administer,
        ["grpcdcr.admin.v1.ClientAdministration/AddClientNote"] = Administer,
        ["grpcdcr.admin.v1.ClientAdministration/BatchApproveClients"] = Approve,
        ["grpcdcr.admin.v1.ClientAdministration/BatchRejectClients"] = Approve,
        ["grpcdcr.admin.v1.ClientAdministration/BatchDeleteClients"] = Administer,
        ["grpcdcr.admin.v1.ClientAdministration/SuspendClient"] = Administer,
        ["grpcdcr.admin.v1.ClientAdministration/ReinstateClient"] = Administer,
        ["grpcdcr.admin.v1.ClientAdministration/DeleteClient"] = Administer,
        ["grpcdcr.admin.v1.ClientAdministration/RotateClientSecret"] = Administer,
        ["grpcdcr.admin.v1.ClientAdministration/ReissueRegistrationAccessToken"] = Administer,

        ["grpcdcr.admin.v1.InitialAccessTokens/ListInitialAccessTokens"] = View,
        ["grpcdcr.admin.v1.InitialAccessTokens/GetInitialAccessToken"] = View,
        ["grpcdcr.admin.v1.InitialAccessTokens/IssueInitialAccessToken"] = Administer,
        ["grpcdcr.admin.v1.InitialAccessTokens/RevokeInitialAccessToken"] = Administer,

        ["grpcdcr.admin.v1.RegistrationControl/GetRegistrationStatus"] = View,
        ["grpcdcr.admin.v1.RegistrationControl/CloseRegistration"] = Administer,
        ["grpcdcr.admin.v1.RegistrationControl/OpenRegistration"] = Administer,

        ["grpcdcr.admin.v1.BlockRules/ListBlockRules"] = View,
        ["grpcdcr.admin.v1.BlockRules/CreateBlockRule"] = Administer,
        ["grpcdcr.admin.v1.BlockRules/DeleteBlockRule"] = Administer,

        ["grpcdcr.admin.v1.AuditLog/ListAuditEvents"] = View,
        ["grpcdcr.admin.v1.StorageAdministration/BackUpStorage"] = Administer,

        ["grpc.reflection.v1.ServerReflection/ServerReflectionInfo"] = Lookup,
        ["grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo"] = Lookup,
        ["grpc.health.v1.Health/Check"] = Everybody,
        ["grpc.health.v1.Health/Watch"] = Everybody,
    };

    /// <summary>Every method with a policy, as <c>package.Service/Method</c>.</summary>
    public static IEnumerable<string> Methods => ByMethod.Keys;

    /// <summary>The policy of a method; <see langword="null"/> if it has none and nobody may call it.</summary>
    public static string? Of(IMethod method) => Of($"{method.ServiceName}/{method.Name}");

    /// <summary>The policy of a method that is one of <see cref="Methods"/>; <see langword="null"/> for any other.</summary>
    public static string? Of(string method) => ByMethod.GetValueOrDefault(method);

    /// <summary>The policy that lets the same roles in by a session of the console in place of a credential.</summary>
    /// <param name="policy">One of the policies for administrators.</param>
    public static string InSession(string policy) => policy + "-in-session";

    public static void Configure(AuthorizationOptions options)
    {
        options.DefaultPolicy = options.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAssertion(_ => false).Build();
        options.AddPolicy(Everybody, policy => policy.RequireAssertion(_ => true));
        options.AddPolicy(Register, policy => policy.AddAuthenticationSchemes(InitialAccessTokenHandler.Scheme).RequireAuthenticatedUser());
        options.AddPolicy(
            OwnRecord, policy => policy.AddAuthenticationSchemes(RegistrationAccessTokenHandler.Scheme).RequireAuthenticatedUser());
        AddRoles(Lookup, Roles.Directory, Roles.Admin);
        AddRoles(RevealSecrets, Roles.Secrets);
        AddAdministrators(View, Roles.Viewer, Roles.Approver, Roles.Admin);
        AddAdministrators(Approve, Roles.Approver, Roles.Admin);
        AddAdministrators(Administer, Roles.Admin);

        void AddAdministrators(string name, params string[] roles)
        {
            AddRoles(name, roles);
            options.AddPolicy(InSession(name), policy => policy.AddAuthenticationSchemes(SessionScheme).RequireRole(roles));
        }

        void AddRoles(string name, params string[] roles) =>
            options.AddPolicy(name, policy => policy.AddAuthenticationSchemes(RoleTokenHandler.Scheme).RequireRole(roles));
    }
}
