namespace GrpcDcr.Server.Hosting.Commands.Doctor;

/// <summary>How bad a finding is.</summary>
internal enum Verdict
{
    /// <summary>As it should be.</summary>
    Good,

    /// <summary>The service works, and somebody should look at this.</summary>
    Warning,

    /// <summary>The service, or a part of it, does not work.</summary>
    Failed,
}

/// <summary>What a check found.</summary>
/// <param name="Verdict">How bad it is.</param>
/// <param name="Text">What is so, and what to do if it is not good. Never a secret.</param>
internal sealed record Finding(Verdict Verdict, string Text)
{
    public static Finding Good(string text) => new(Verdict.Good, text);

    public static Finding Warning(string text) => new(Verdict.Warning, text);

    public static Finding Failed(string text) => new(Verdict.Failed, text);
}
