using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace GrpcDcr.Server.Tests.Fetching.Support;

/// <summary>Keeps every line that is logged.</summary>
internal sealed class KeptLog<T> : ILogger<T>
{
    public ConcurrentQueue<string> Lines { get; } = new();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue($"{logLevel} {formatter(state, exception)}");
}
