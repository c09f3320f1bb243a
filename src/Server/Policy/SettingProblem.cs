namespace GrpcDcr.Server.Policy;

/// <summary>A setting that stops the start.</summary>
/// <param name="Key">The setting.</param>
/// <param name="Value">The value, or the one of several that is wrong; <see langword="null"/> where it must not be repeated.</param>
/// <param name="Allowed">What is allowed instead: the end of a sentence.</param>
internal sealed record SettingProblem(string Key, string? Value, string Allowed)
{
    /// <param name="source">Where the value stands.</param>
    public string Text(string source) => Value is null
        ? $"{Key} ({source}) is not acceptable. Allowed: {Allowed}."
        : $"{Key} ({source}) is '{Value}'. Allowed: {Allowed}.";

    /// <summary>For tests of the rules, which know no sources.</summary>
    public override string ToString() =>
        Value is null ? $"{Key} is not acceptable. Allowed: {Allowed}." : $"{Key} is '{Value}'. Allowed: {Allowed}.";
}
