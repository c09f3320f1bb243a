namespace GrpcDcr.Server.SoftwareStatements;

/// <summary>Whose <c>redirect_uris</c> are registered when a software statement has a list of its own.</summary>
internal enum RedirectUriPrecedence
{
    /// <summary>The statement's, as with every other member (RFC 7591 section 2.3).</summary>
    Replace = 0,

    /// <summary>The request's: there must be some, and each must be one of the statement's.</summary>
    Subset = 1,
}
