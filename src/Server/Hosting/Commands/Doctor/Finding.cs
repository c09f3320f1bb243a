namespace GrpcDcr.Server.Hosting.Commands.Doctor;

/// <summary>How bad a finding is.</summary>
internal enum CheckStatus
{
    /// <summary>As it should be.</summary>
    Good,

    /// <summary>The service works, and somebody should look at this.</summary>
    Warning,

    /// <summary>The service, or a part of it, does not work.</summary>
    Failed,
}

/// <summary>What a check found.</summary>
/// <param name="Status">How bad it is.</param>
/// <param name="Text">What is so, and what to do if it is not good. Never a secret.</param>
internal sealed record Finding(CheckStatus Status, string Text)
{
    public static Finding Good(string text) => new(CheckStatus.Good, text);

    public static Finding Warning(string text) => new(CheckStatus.Warning, text);

    public static Finding Failed(string text) => new(CheckStatus.Failed, text);
}
