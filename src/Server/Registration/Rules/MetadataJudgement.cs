using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Registration.Rules;

/// <summary>What the rules say of a registration.</summary>
/// <param name="Registered">What would be registered: what was asked for, with defaults and replacements.</param>
/// <param name="Violations">
/// The rules that <paramref name="Registered"/> breaks, in a fixed order: every member that breaks one is there, as far as
/// <see cref="Rules.Violations"/> has room. Empty when none is broken.
/// </param>
internal sealed record MetadataJudgement(ClientMetadata Registered, IReadOnlyList<Violation> Violations)
{
    public bool IsAcceptable => Violations.Count == 0;
}
