namespace GrpcDcr.Server.Credentials;

/// <summary>A secret in plain text. It prints as <c>***</c>, so that it cannot be logged by accident.</summary>
internal sealed class Secret(string value)
{
    /// <summary>The secret itself. Use it only for the response that shows it, and for comparisons.</summary>
    public string Reveal() => value;

    public override string ToString() => "***";
}
