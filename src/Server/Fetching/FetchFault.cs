namespace GrpcDcr.Server.Fetching;

/// <summary>Ends a fetch.</summary>
/// <param name="problem">For the caller, see <see cref="FetchedDocument.Problem"/>.</param>
/// <param name="cause">For the log only.</param>
internal sealed class FetchFault(string problem, string cause) : Exception(cause)
{
    public string Problem => problem;

    /// <summary>Whether the service caused the failure and not the document; such a failure is not cached.</summary>
    public bool IsOurs { get; init; }
}
