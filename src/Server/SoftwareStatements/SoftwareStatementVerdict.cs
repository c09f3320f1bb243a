namespace GrpcDcr.Server.SoftwareStatements;

/// <summary>The result of verifying a software statement: a closed set.</summary>
internal abstract record SoftwareStatementVerdict
{
    private SoftwareStatementVerdict()
    {
    }

    /// <summary>It is valid and meant for this service, and its software may register.</summary>
    public sealed record Verified(VerifiedSoftwareStatement Statement) : SoftwareStatementVerdict;

    /// <summary>It is invalid: <c>invalid_software_statement</c>, RFC 7591 section 3.2.2.</summary>
    /// <param name="Description">For the caller: printable ASCII without quote and backslash. It does not quote the statement.</param>
    public sealed record Refused(string Description) : SoftwareStatementVerdict;

    /// <summary>It is valid, but its software is not approved to register: <c>unapproved_software_statement</c>.</summary>
    /// <param name="Description">As of <see cref="Refused"/>.</param>
    public sealed record Unapproved(string Description) : SoftwareStatementVerdict;

    /// <summary>The keys of its issuer are unavailable, so it cannot be verified. The same call may succeed later.</summary>
    public sealed record KeysUnavailable : SoftwareStatementVerdict;
}
