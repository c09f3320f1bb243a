using Google.Protobuf;

namespace GrpcDcr;

/// <summary>
/// Messages that carry a secret or a token print it as <c>***</c>, so that no log line shows one by accident; so do the messages around
/// them. Their bytes, and what <see cref="JsonFormatter.Format(IMessage)"/> writes, are not changed.
/// </summary>
internal static class SecretText
{
    public const string Masked = "***";

    /// <summary>For a message whose own secrets are masked; no message inside it may have any.</summary>
    public static string Format(IMessage message) => JsonFormatter.Default.Format(message);
}
