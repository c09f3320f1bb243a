using Google.Protobuf;

namespace GrpcDcr;

/// <summary>
/// Messages with a secret or a token, and the messages that contain them, print it as <c>***</c>, so that it is not logged by accident.
/// Their bytes, and what <see cref="JsonFormatter.Format(IMessage)"/> writes, are not changed.
/// </summary>
internal static class SecretText
{
    public const string Masked = "***";

    /// <summary>For a message whose own secrets are masked; the messages inside it must not have any.</summary>
    public static string Format(IMessage message) => JsonFormatter.Default.Format(message);
}
