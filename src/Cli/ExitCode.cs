namespace GrpcDcr.Cli;

/// <summary>What a command tells the shell.</summary>
internal static class ExitCode
{
    public const int Ok = 0;

    /// <summary>It failed: no service answers, a file cannot be written, a question was answered with no.</summary>
    public const int Failed = 1;

    /// <summary>The command line, the configuration or an input file is wrong. Nothing was asked of the service.</summary>
    public const int Usage = 2;

    /// <summary>The service does not have what the command names.</summary>
    public const int NotFound = 3;

    /// <summary>The service refused.</summary>
    public const int Refused = 4;
}
