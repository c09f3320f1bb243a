using GrpcDcr.Server.Model;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Errors;

/// <summary>Every reason to refuse a call: a closed set. Endpoints/Errors/FaultTable.cs adds the status of gRPC and HTTP.</summary>
/// <param name="Reason">The name of the reason in the contract, such as <c>CLIENT_NOT_FOUND</c>.</param>
/// <param name="OAuthError">The error code of OAuth; <see langword="null"/> if there is none.</param>
internal abstract partial record RegistrationFault(string Reason, string? OAuthError)
{
    private static readonly IReadOnlyDictionary<string, string> NoDetails = new Dictionary<string, string>();

    /// <summary>The description for the caller: printable ASCII without quote and backslash (RFC 6749 section 5.2).</summary>
    public abstract string Description { get; }

    /// <summary>Further details for programs, by name.</summary>
    public virtual IReadOnlyDictionary<string, string> Details => NoDetails;

    /// <summary>Metadata breaks rules (RFC 7591 section 3.2.2). There is at least one violation.</summary>
    public sealed record InvalidMetadata : RegistrationFault
    {
        private const int Shown = 5;

        public InvalidMetadata(IReadOnlyList<Violation> violations)
            : this(violations, ErrorOf(violations))
        {
        }

        private InvalidMetadata(IReadOnlyList<Violation> violations, string error)
            : base(error.ToUpperInvariant(), error) => Violations = violations;

        public IReadOnlyList<Violation> Violations { get; }

        /// <summary>The first five violations, and how many more there are.</summary>
        public override string Description => string.Join(" ", Violations.Take(Shown).Select(violation => violation.Description))
            + (Violations.Count > Shown ? $" There are {Violations.Count - Shown} more violations." : "");

        /// <summary>The most specific <c>error</c> of RFC 7591 section 3.2.2.</summary>
        private static string ErrorOf(IReadOnlyList<Violation> violations) =>
            violations.Any(v => v.Member == CoreMembers.RedirectUris) ? OAuthErrors.InvalidRedirectUri
            : violations.Any(v => v.Member == CoreMembers.SoftwareStatement) ? OAuthErrors.InvalidSoftwareStatement
            : OAuthErrors.InvalidClientMetadata;
    }

    /// <summary>The software statement was verified, but its software is not approved to register (RFC 7591 section 3.2.2).</summary>
    public sealed record UnapprovedSoftwareStatement(string Problem)
        : RegistrationFault("UNAPPROVED_SOFTWARE_STATEMENT", OAuthErrors.UnapprovedSoftwareStatement)
    {
        public override string Description => Problem;
    }

    /// <summary>The request is malformed and cannot be read.</summary>
    public sealed record MalformedRequest(string Problem) : RegistrationFault("INVALID_REQUEST", OAuthErrors.InvalidRequest)
    {
        public override string Description => Problem;
    }

    /// <summary>Fields of an administrator's or authorization server's request are wrong. There is at least one violation.</summary>
    public sealed record InvalidArgument(IReadOnlyList<Violation> Violations)
        : RegistrationFault("INVALID_REQUEST", OAuthErrors.InvalidRequest)
    {
        public InvalidArgument(string field, string problem)
            : this([new Violation(field, problem)])
        {
        }

        public override string Description => string.Join(" ", Violations.Select(violation => violation.Description));
    }

    /// <summary>Several credentials, or a malformed one (RFC 6750 section 3.1, <c>invalid_request</c>).</summary>
    public sealed record MalformedCredential(string Problem) : RegistrationFault("MALFORMED_CREDENTIAL", OAuthErrors.InvalidRequest)
    {
        public override string Description => Problem;
    }

    public sealed record UnsupportedMediaType(string Problem) : RegistrationFault("UNSUPPORTED_MEDIA_TYPE", OAuthErrors.InvalidRequest)
    {
        public override string Description => Problem;
    }

    public sealed record BodyTooLarge(int LimitBytes) : RegistrationFault("BODY_TOO_LARGE", OAuthErrors.InvalidRequest)
    {
        public override string Description => $"The body is larger than {LimitBytes} bytes.";

        public override IReadOnlyDictionary<string, string> Details => new Dictionary<string, string> { ["limit"] = $"{LimitBytes}" };
    }

    /// <summary>The body did not arrive in time (RFC 9110 section 15.5.9).</summary>
    public sealed record BodyTooSlow(TimeSpan Limit) : RegistrationFault("BODY_TOO_SLOW", OAuthErrors.InvalidRequest)
    {
        public override string Description => $"The body took longer than {Limit.TotalSeconds:0} seconds.";
    }

    /// <summary>Plain HTTP from another machine (RFC 7591 section 5).</summary>
    public sealed record InsecureTransport() : RegistrationFault("TLS_REQUIRED", OAuthErrors.InvalidRequest)
    {
        public override string Description => "TLS is required.";
    }

    /// <param name="IsClosed">Whether an administrator has closed registration, and may open it again.</param>
    public sealed record RegistrationDisabled(bool IsClosed)
        : RegistrationFault("REGISTRATION_DISABLED", OAuthErrors.RegistrationNotSupported)
    {
        public override string Description => IsClosed
            ? "Dynamic client registration is closed for now."
            : "Dynamic client registration is not enabled on this server.";
    }

    /// <summary>A credential is required and none was sent (RFC 6750 section 3.1: no error code in this case).</summary>
    public sealed record CredentialRequired(string What) : RegistrationFault("CREDENTIAL_REQUIRED", OAuthErrors.InvalidToken)
    {
        public override string Description => $"{What} is required as a Bearer token.";
    }

    /// <summary>The token is not valid (RFC 6750 section 3.1).</summary>
    public sealed record CredentialInvalid(string What) : RegistrationFault("CREDENTIAL_INVALID", OAuthErrors.InvalidToken)
    {
        public override string Description => $"{What} is not valid.";
    }

    /// <summary>The keys of the issuer of JWTs are unavailable, so that no JWT can be validated.</summary>
    public sealed record TokenIssuerUnavailable(TimeSpan RetryAfter)
        : RegistrationFault("TOKEN_ISSUER_UNAVAILABLE", OAuthErrors.TemporarilyUnavailable)
    {
        public override string Description => "The keys of the issuer of the JWT are temporarily unavailable. Try again later.";
    }

    /// <summary>The credential is valid, but none of its roles allows the call.</summary>
    /// <param name="Needed">The roles that allow it.</param>
    public sealed record RoleForbids(string Needed) : RegistrationFault("ROLE_FORBIDS", OAuthErrors.InsufficientScope)
    {
        public override string Description => $"This call requires the role {Needed}.";
    }

    /// <summary>The server does not offer this act of RFC 7592.</summary>
    /// <param name="Offered">The acts that it offers.</param>
    public sealed record ActNotOffered(ManagementActs Offered) : RegistrationFault("ACT_NOT_OFFERED", OAuthErrors.InvalidRequest)
    {
        public override string Description => "This server does not offer this method for registered clients; see the Allow header.";
    }

    /// <summary>The token is valid, but policy does not allow its client this act (RFC 7592 section 2, RFC 6750 section 3.1).</summary>
    public sealed record ActForbidden(ManagementActs Act) : RegistrationFault("ACT_FORBIDDEN", OAuthErrors.InsufficientScope)
    {
        public override string Description => $"This client is not allowed to {Act.ToString().ToLowerInvariant()} its own registration.";
    }

    /// <summary>A suspended or rejected client may not update its registration (RFC 7592 section 2.2).</summary>
    /// <param name="State">Its state.</param>
    /// <param name="RetryAfter">When it may be updated; <see langword="null"/> until an administrator acts.</param>
    public sealed record UpdateForbidden(ClientState State, TimeSpan? RetryAfter = null)
        : RegistrationFault("UPDATE_FORBIDDEN", OAuthErrors.AccessDenied)
    {
        public override string Description =>
            $"This client is {ClientStates.NameOf(State)} and cannot be updated "
            + (RetryAfter is null ? "until an administrator decides otherwise." : "yet; see Retry-After.");

        public override IReadOnlyDictionary<string, string> Details =>
            new Dictionary<string, string> { ["state"] = State.ToString().ToUpperInvariant() };
    }

    /// <summary>A block rule of an administrator refuses the network of the caller.</summary>
    public sealed record NetworkBlocked() : RegistrationFault("NETWORK_BLOCKED", OAuthErrors.AccessDenied)
    {
        public override string Description => "Registrations and updates from this network are not allowed.";
    }

    /// <summary>Too many anonymous clients wait for approval, in total or of the same origin.</summary>
    /// <param name="Origin">Of which clients there are too many, such as <c>this redirect host</c>.</param>
    /// <param name="RetryAfter">When there may be room.</param>
    public sealed record TooManyUnapprovedClients(string Origin, TimeSpan RetryAfter)
        : RegistrationFault("TOO_MANY_UNAPPROVED_CLIENTS", OAuthErrors.TooManyRequests)
    {
        public override string Description => $"Too many clients of {Origin} wait for approval. Try again later.";
    }

    public sealed record TooManyRequests(TimeSpan RetryAfter) : RegistrationFault("RATE_LIMITED", OAuthErrors.TooManyRequests)
    {
        public override string Description => "Too many requests. Try again later.";
    }

    /// <summary>Client authentication failed (RFC 6749 section 5.2). The caller does not learn the cause.</summary>
    public sealed record InvalidClient() : RegistrationFault("INVALID_CLIENT_CREDENTIALS", OAuthErrors.InvalidClient)
    {
        public override string Description => "Client authentication failed.";
    }

    /// <summary>The client is active, and its authentication method sends no secret to check.</summary>
    public sealed record ClientSendsNoSecret(string? Method) : RegistrationFault("CLIENT_SENDS_NO_SECRET", OAuthErrors.InvalidClient)
    {
        public override string Description => $"The registered {CoreMembers.TokenEndpointAuthMethod} of the client sends no secret.";

        public override IReadOnlyDictionary<string, string> Details =>
            new Dictionary<string, string> { [CoreMembers.TokenEndpointAuthMethod] = Method ?? AuthMethods.None };
    }

    /// <summary>The store is unavailable or too busy. Nothing was changed.</summary>
    public sealed record StoreUnavailable(TimeSpan RetryAfter) : RegistrationFault("STORE_UNAVAILABLE", OAuthErrors.TemporarilyUnavailable)
    {
        public override string Description => "The service is temporarily unavailable. Try again later.";
    }

    /// <summary>The keys of a statement issuer are unavailable. Nothing was changed.</summary>
    public sealed record IssuerKeysUnavailable(TimeSpan RetryAfter)
        : RegistrationFault("ISSUER_KEYS_UNAVAILABLE", OAuthErrors.TemporarilyUnavailable)
    {
        public override string Description =>
            "The keys of the issuer of the software statement are temporarily unavailable. Try again later.";
    }

    /// <summary>The service failed; the log has the cause.</summary>
    public sealed record Internal() : RegistrationFault("INTERNAL", OAuthErrors.ServerError)
    {
        public override string Description => "The service failed. The request may or may not have taken effect.";
    }
}

/// <summary>A call is refused.</summary>
internal sealed class RegistrationRefusedException(RegistrationFault fault) : Exception(fault.Description)
{
    public RegistrationFault Fault { get; } = fault;
}
