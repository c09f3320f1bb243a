using GrpcDcr.Server.Model;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Validation;

/// <summary>What the rules say of a registration.</summary>
/// <param name="Registered">What would be registered: what was asked for, with defaults and replacements.</param>
/// <param name="Violations">
/// The rules that <paramref name="Registered"/> breaks, in a fixed order: every member that breaks one is there, as far as
/// <see cref="Violations"/> has room. Empty when none is broken.
/// </param>
internal sealed record ValidationResult(ClientMetadata Registered, IReadOnlyList<Violation> Violations)
{
    public bool IsAcceptable => Violations.Count == 0;
}
