namespace GrpcDcr.Server.Fetching;

/// <summary>Ends a fetch.</summary>
/// <param name="problem">For the caller, see <see cref="FetchedDocument.Problem"/>.</param>
/// <param name="cause">For the log only.</param>
internal sealed class FetchFault(string problem, string cause) : Exception(cause)
{
    public string Problem => problem;

    /// <summary>Whether the fault is of this service and not of the document: then it says nothing about the next time.</summary>
    public bool IsOurs { get; init; }
}
