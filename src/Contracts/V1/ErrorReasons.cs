namespace GrpcDcr.V1;

/// <summary>
/// The reasons of errors as google.rpc.ErrorInfo carries them: the names of <see cref="ErrorReason"/> without their prefix.
/// </summary>
public static class ErrorReasons
{
    /// <summary>The <c>domain</c> of google.rpc.ErrorInfo in the errors of the service.</summary>
    public const string Domain = "grpcdcr";

    /// <summary>The key of the OAuth error code in the <c>metadata</c> of google.rpc.ErrorInfo.</summary>
    public const string OAuthErrorKey = "oauth_error";

    private const string Prefix = "ERROR_REASON_";

    private static readonly Dictionary<ErrorReason, string> Names = ErrorReasonReflection.Descriptor.EnumTypes[0].Values
        .Where(value => value.Number != (int)ErrorReason.Unspecified)
        .ToDictionary(value => (ErrorReason)value.Number, value => value.Name[Prefix.Length..]);

    private static readonly Dictionary<string, ErrorReason> Reasons =
        Names.ToDictionary(name => name.Value, name => name.Key, StringComparer.Ordinal);

    /// <summary>The name of a reason, such as <c>CLIENT_NOT_FOUND</c>.</summary>
    /// <param name="reason">A reason other than <see cref="ErrorReason.Unspecified"/>.</param>
    /// <returns>The name.</returns>
    public static string NameOf(ErrorReason reason) => Names[reason];

    /// <summary>The reason of a name.</summary>
    /// <param name="name">Such as <c>CLIENT_NOT_FOUND</c>.</param>
    /// <returns>The reason; <see cref="ErrorReason.Unspecified"/> for a name that this version does not know.</returns>
    public static ErrorReason Parse(string name) => Reasons.GetValueOrDefault(name);
}
