namespace GrpcDcr.Server.SoftwareStatements;

/// <summary>What verification says of a software statement: a closed set.</summary>
internal abstract record SoftwareStatementVerdict
{
    private SoftwareStatementVerdict()
    {
    }

    /// <summary>A trusted issuer signed it, for this service and for now, and its software may register.</summary>
    public sealed record Verified(VerifiedSoftwareStatement Statement) : SoftwareStatementVerdict;

    /// <summary>It proves nothing: <c>invalid_software_statement</c>, RFC 7591 section 3.2.2.</summary>
    /// <param name="Description">For the caller: printable ASCII without quote and backslash. It repeats nothing of the statement.</param>
    public sealed record Refused(string Description) : SoftwareStatementVerdict;

    /// <summary>It is genuine, but its software may not register here: <c>unapproved_software_statement</c>.</summary>
    /// <param name="Description">As of <see cref="Refused"/>.</param>
    public sealed record Unapproved(string Description) : SoftwareStatementVerdict;

    /// <summary>The keys of its issuer cannot be read at present, so nothing can be said of it. The same call may work later.</summary>
    public sealed record KeysUnavailable : SoftwareStatementVerdict;
}
