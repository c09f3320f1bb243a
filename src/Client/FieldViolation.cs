namespace GrpcDcr.Client;

/// <summary>One thing wrong with a request.</summary>
/// <param name="Field">Where: the path from the request on, such as <c>metadata.redirect_uris[0]</c>.</param>
/// <param name="Description">What is wrong there, for a developer to read.</param>
public sealed record FieldViolation(string Field, string Description);
