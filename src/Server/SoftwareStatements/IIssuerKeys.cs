namespace GrpcDcr.Server.SoftwareStatements;

/// <summary>The source of the keys of an issuer.</summary>
internal interface IIssuerKeys
{
    /// <summary>The current keys; <see langword="null"/> if they are unavailable.</summary>
    ValueTask<IssuerKeySet?> ReadAsync(CancellationToken cancellationToken);
}
