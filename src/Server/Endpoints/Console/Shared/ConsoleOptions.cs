namespace GrpcDcr.Server.Endpoints.Console.Shared;

/// <summary>The console for administrators: configuration section <c>Console</c>.</summary>
internal sealed class ConsoleOptions
{
    public const string Section = "Console";

    /// <summary>The longest life of a session, however much it is used.</summary>
    public static readonly TimeSpan LongestSession = TimeSpan.FromHours(8);

    private static readonly TimeSpan ShortestSession = TimeSpan.FromMinutes(1);

    /// <summary>Whether the admin listener has the console, under <c>/console</c>. Default: true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// How long a session lasts without a request. Between one minute and 8 hours, after which every session ends. Default: 30 minutes.
    /// </summary>
    public TimeSpan SessionLifetime { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>Whether <see cref="SessionLifetime"/> is acceptable.</summary>
    public bool IsSessionLifetimeInRange => SessionLifetime >= ShortestSession && SessionLifetime <= LongestSession;
}
