namespace GrpcDcr.Server.SoftwareStatements;

/// <summary>Where the keys of an issuer come from.</summary>
internal interface IIssuerKeys
{
    /// <summary>The keys now; <see langword="null"/> when they cannot be read at present.</summary>
    ValueTask<IssuerKeySet?> ReadAsync(CancellationToken cancellationToken);
}
