using GrpcDcr.Server.Model;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Validation;

/// <summary>The result of the rules.</summary>
/// <param name="Registered">What would be registered: the request with defaults and replacements.</param>
/// <param name="Violations">
/// The rules that <paramref name="Registered"/> breaks, in a fixed order, as far as <see cref="Violations"/> has room. Empty if there are
/// none.
/// </param>
internal sealed record ValidationResult(ClientMetadata Registered, IReadOnlyList<Violation> Violations)
{
    public bool IsAcceptable => Violations.Count == 0;
}
