namespace GrpcDcr.Server.Policy;

/// <summary>A setting that stops the start.</summary>
/// <param name="Key">The setting.</param>
/// <param name="Value">The value, or the wrong one of several; <see langword="null"/> if it must not be shown.</param>
/// <param name="Allowed">What is allowed, as the end of a sentence.</param>
internal sealed record SettingProblem(string Key, string? Value, string Allowed)
{
    /// <param name="source">The source of the value.</param>
    public string Text(string source) => Value is null
        ? $"{Key} ({source}) is not acceptable. Allowed: {Allowed}."
        : $"{Key} ({source}) is '{Value}'. Allowed: {Allowed}.";

    /// <summary>For tests of the rules, which have no sources.</summary>
    public override string ToString() =>
        Value is null ? $"{Key} is not acceptable. Allowed: {Allowed}." : $"{Key} is '{Value}'. Allowed: {Allowed}.";
}
