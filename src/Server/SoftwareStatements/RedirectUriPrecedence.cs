namespace GrpcDcr.Server.SoftwareStatements;

/// <summary>Which <c>redirect_uris</c> are registered if the software statement has them too.</summary>
internal enum RedirectUriPrecedence
{
    /// <summary>Those of the statement, like every other member (RFC 7591 section 2.3).</summary>
    Replace = 0,

    /// <summary>Those of the request: they are required, and each must be in the statement.</summary>
    Subset = 1,
}
