namespace GrpcDcr.Client;

/// <summary>One violation in a request.</summary>
/// <param name="Field">The path from the request message, such as <c>metadata.redirect_uris[0]</c>.</param>
/// <param name="Description">What is wrong, as a text for developers.</param>
public sealed record FieldViolation(string Field, string Description);
