using GrpcDcr.Server.Model;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Errors;

/// <summary>Every reason to refuse a call: a closed set. What each looks like on the wire is said once, in Wire/FaultTable.cs.</summary>
internal abstract record RegistrationFault
{
    private RegistrationFault()
    {
    }

    /// <summary>For the caller: printable ASCII without quote and backslash (RFC 6749 section 5.2).</summary>
    public abstract string Description { get; }

    /// <summary>Metadata broke rules (RFC 7591 section 3.2.2); there is at least one violation.</summary>
    public sealed record InvalidMetadata(IReadOnlyList<Violation> Violations) : RegistrationFault
    {
        public override string Description => Violations.Count == 1
            ? Violations[0].Description
            : string.Join(" ", Violations.Take(5).Select(v => v.Description));

        /// <summary>The <c>error</c> that RFC 7591 section 3.2.2 has for them: the most specific one there is.</summary>
        public string Error =>
            Concerns(CoreMembers.RedirectUris) ? OAuthErrors.InvalidRedirectUri
            : Concerns(CoreMembers.SoftwareStatement) ? OAuthErrors.InvalidSoftwareStatement
            : OAuthErrors.InvalidClientMetadata;

        private bool Concerns(string member) => Violations.Any(v => v.Member == member);
    }

    /// <summary>The software statement was verified, but what it is for may not register here (RFC 7591 section 3.2.2).</summary>
    public sealed record UnapprovedSoftwareStatement(string Problem) : RegistrationFault
    {
        public override string Description => Problem;
    }

    /// <summary>The request itself is not what the protocol asks for: it cannot be read.</summary>
    public sealed record MalformedRequest(string Problem) : RegistrationFault
    {
        public override string Description => Problem;
    }

    /// <summary>Several credentials, or one that cannot be a token (RFC 6750 section 3.1, <c>invalid_request</c>).</summary>
    public sealed record MalformedCredential(string Problem) : RegistrationFault
    {
        public override string Description => Problem;
    }

    public sealed record UnsupportedMediaType(string Problem) : RegistrationFault
    {
        public override string Description => Problem;
    }

    public sealed record BodyTooLarge(int LimitBytes) : RegistrationFault
    {
        public override string Description => $"The body is larger than {LimitBytes} bytes.";
    }

    /// <summary>Plain HTTP from another machine (RFC 7591 section 5).</summary>
    public sealed record InsecureTransport : RegistrationFault
    {
        public override string Description => "TLS is required.";
    }

    public sealed record RegistrationNotSupported : RegistrationFault
    {
        public override string Description => "Dynamic client registration is not enabled on this server.";
    }

    /// <summary>A credential is needed and none was sent (RFC 6750 section 3.1: no error code then).</summary>
    public sealed record CredentialRequired(string What) : RegistrationFault
    {
        public override string Description => $"{What} is required as a Bearer token.";
    }

    /// <summary>The token that was sent is not good (RFC 6750 section 3.1).</summary>
    public sealed record CredentialInvalid(string What) : RegistrationFault
    {
        public override string Description => $"{What} is not valid.";
    }

    /// <summary>The credential is good, but has no role that allows the call.</summary>
    /// <param name="Needed">The roles that allow it.</param>
    public sealed record RoleForbids(string Needed) : RegistrationFault
    {
        public override string Description => $"This needs the role {Needed}.";
    }

    /// <summary>The server does not offer this act of RFC 7592 at all.</summary>
    /// <param name="Offered">The acts it does offer.</param>
    public sealed record ActNotOffered(ManagementActs Offered) : RegistrationFault
    {
        public override string Description => "This server does not offer that for registered clients; see the Allow header.";
    }

    /// <summary>The token is good, but its client may not do that to itself (RFC 7592 section 2, RFC 6750 section 3.1).</summary>
    public sealed record ActForbidden(ManagementActs Act) : RegistrationFault
    {
        public override string Description => $"This client is not allowed to {Act.ToString().ToLowerInvariant()} its own registration.";
    }

    public sealed record TooManyRequests(TimeSpan RetryAfter) : RegistrationFault
    {
        public override string Description => "Too many requests. Try again later.";
    }

    public sealed record ClientNotFound : RegistrationFault
    {
        public override string Description => "There is no such client.";
    }

    public sealed record InitialAccessTokenNotFound : RegistrationFault
    {
        public override string Description => "There is no such initial access token.";
    }

    /// <summary>Client authentication failed, for whatever reason (RFC 6749 section 5.2).</summary>
    public sealed record InvalidClient : RegistrationFault
    {
        public override string Description => "Client authentication failed.";
    }

    public sealed record StateForbids(ClientState State, string Act, string AllowedFrom) : RegistrationFault
    {
        public override string Description =>
            $"A client that is {State.ToString().ToUpperInvariant()} cannot be {Act}; allowed from: {AllowedFrom}.";
    }

    /// <summary>The client changed since the caller looked at it.</summary>
    public sealed record EtagMismatch : RegistrationFault
    {
        public override string Description => "The client changed since it was read. Read it again.";
    }

    /// <summary>A client of a method that uses no secret has none to rotate.</summary>
    public sealed record ClientHasNoSecret : RegistrationFault
    {
        public override string Description => "The token_endpoint_auth_method of this client uses no secret.";
    }

    /// <summary>Of this client's secret only the hash is kept.</summary>
    public sealed record SecretNotRecoverable : RegistrationFault
    {
        public override string Description => "Of the secret of this client, if it has one, only the hash is kept.";
    }

    /// <summary>A field of an administrator's or authorization server's request is wrong.</summary>
    public sealed record InvalidArgument(string Field, string Problem) : RegistrationFault
    {
        public override string Description => Problem;
    }

    public sealed record BackupNotSupported : RegistrationFault
    {
        public override string Description => "The storage engine has tools of its own for backups.";
    }

    public sealed record BackupExists : RegistrationFault
    {
        public override string Description => "A backup of this name exists.";
    }

    /// <summary>Nothing happened; the same call may work later.</summary>
    public sealed record Unavailable(TimeSpan RetryAfter) : RegistrationFault
    {
        public override string Description => "The service cannot do this just now. Try again later.";
    }

    /// <summary>Something is wrong with the service; the log says what.</summary>
    public sealed record Internal : RegistrationFault
    {
        public override string Description => "The service failed. The request may or may not have taken effect.";
    }
}

/// <summary>A call is refused.</summary>
internal sealed class RegistrationRefusedException(RegistrationFault fault) : Exception(fault.Description)
{
    public RegistrationFault Fault { get; } = fault;
}
