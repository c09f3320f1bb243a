namespace GrpcDcr.Server.Credentials;

/// <summary>
/// A secret in clear, on its way to the one answer that shows it. Prints as <c>***</c>, so it cannot be logged by accident.
/// </summary>
internal sealed class Secret(string value)
{
    /// <summary>The secret itself. Only for the answer to whoever it is issued to.</summary>
    public string Reveal() => value;

    public override string ToString() => "***";
}
