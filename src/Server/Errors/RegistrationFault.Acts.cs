using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Errors;

/// <content>Reasons to refuse an act of an administrator or authorization server.</content>
internal abstract partial record RegistrationFault
{
    public sealed record ClientNotFound() : RegistrationFault("CLIENT_NOT_FOUND", OAuthError: null)
    {
        public override string Description => "The client does not exist.";
    }

    public sealed record InitialAccessTokenNotFound() : RegistrationFault("TOKEN_NOT_FOUND", OAuthError: null)
    {
        public override string Description => "The initial access token does not exist.";
    }

    public sealed record BlockRuleNotFound() : RegistrationFault("BLOCK_RULE_NOT_FOUND", OAuthError: null)
    {
        public override string Description => "The block rule does not exist.";
    }

    public sealed record TooManyBlockRules() : RegistrationFault("TOO_MANY_BLOCK_RULES", OAuthError: null)
    {
        public override string Description => "There is no room for another block rule. Delete rules that are not needed.";
    }

    public sealed record StateForbids(ClientState State, string Act, string AllowedFrom)
        : RegistrationFault("STATE_FORBIDS", OAuthError: null)
    {
        public override string Description => $"A client in state {NameOfState} cannot be {Act}. Allowed states: {AllowedFrom}.";

        public override IReadOnlyDictionary<string, string> Details => new Dictionary<string, string> { ["state"] = NameOfState };

        private string NameOfState => State.ToString().ToUpperInvariant();
    }

    /// <summary>The actor has approved already; another one must.</summary>
    /// <param name="Given">How many have approved.</param>
    /// <param name="Needed">How many must.</param>
    public sealed record AlreadyApproved(int Given, int Needed) : RegistrationFault("ALREADY_APPROVED", OAuthError: null)
    {
        public override string Description =>
            $"You have approved this already. Another administrator must: {Given} of {Needed} approvals are given.";
    }

    /// <summary>The actor issued the initial access token by which the client registered.</summary>
    /// <param name="Needed">How many must approve.</param>
    public sealed record SelfApproval(int Needed) : RegistrationFault("SELF_APPROVAL", OAuthError: null)
    {
        public override string Description => "You issued the initial access token of this client. "
            + $"Others must approve it, because {Needed} approvals are needed.";
    }

    /// <summary>A filter matches another number of clients than the caller expects.</summary>
    /// <param name="Expected">How many the caller expects.</param>
    /// <param name="Found">How many match; one more than <paramref name="Most"/> stands for any larger number.</param>
    /// <param name="Most">How many clients a call acts on at the most.</param>
    public sealed record CountMismatch(int Expected, int Found, int Most) : RegistrationFault("COUNT_MISMATCH", OAuthError: null)
    {
        public override string Description => Found > Most
            ? $"More than {Most} clients match the filter, not {Expected}. Nothing was changed."
            : $"{Found} clients match the filter, not {Expected}. Nothing was changed.";

        public override IReadOnlyDictionary<string, string> Details => new Dictionary<string, string> { ["count"] = $"{Found}" };
    }

    /// <summary>The client has changed since the caller read it.</summary>
    public sealed record EtagMismatch() : RegistrationFault("ETAG_MISMATCH", OAuthError: null)
    {
        public override string Description => "The client has changed since it was read. Read it again.";
    }

    /// <summary>A condition of a client's request about its own registration does not hold (RFC 9110 section 15.5.13).</summary>
    public sealed record PreconditionFailed() : RegistrationFault("PRECONDITION_FAILED", OAuthErrors.InvalidRequest)
    {
        public override string Description => "The registration is not the version that If-Match or If-None-Match demands.";
    }

    /// <summary>The client has no valid secret: its method uses none, or it has expired.</summary>
    public sealed record ClientHasNoSecret() : RegistrationFault("CLIENT_HAS_NO_SECRET", OAuthError: null)
    {
        public override string Description =>
            "The client has no secret: its token_endpoint_auth_method uses none, or the secret has expired.";
    }

    /// <summary>Only the hash of the client secret is stored.</summary>
    public sealed record SecretNotRecoverable() : RegistrationFault("SECRET_NOT_RECOVERABLE", OAuthError: null)
    {
        public override string Description => "The client secret is stored as a hash and cannot be revealed.";
    }

    /// <summary>An earlier call with this <c>request_id</c> took effect, and what it issued is shown only once.</summary>
    /// <param name="Key">What it created or changed: <c>client_id</c> or <c>initial_access_token_id</c>.</param>
    /// <param name="Id">Its identifier.</param>
    public sealed record RequestAlreadyDone(string Key, string Id) : RegistrationFault("REQUEST_ALREADY_DONE", OAuthError: null)
    {
        public override string Description =>
            $"A call with this request_id already took effect, with {Key} {Id}. The credentials that it issued are shown only once.";

        public override IReadOnlyDictionary<string, string> Details => new Dictionary<string, string> { [Key] = Id };
    }

    public sealed record BackupNotSupported() : RegistrationFault("BACKUP_NOT_SUPPORTED", OAuthError: null)
    {
        public override string Description => "The service makes no backups of this storage engine. Use the tools of the database.";
    }

    public sealed record BackupAlreadyExists() : RegistrationFault("BACKUP_ALREADY_EXISTS", OAuthError: null)
    {
        public override string Description => "A backup with this name exists.";
    }
}
