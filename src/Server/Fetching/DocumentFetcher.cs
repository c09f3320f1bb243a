using System.Globalization;
using GrpcDcr.Server.Telemetry;

namespace GrpcDcr.Server.Fetching;

/// <summary>
/// Fetches a document once for all concurrent callers, and caches the result. A caller that stops waiting does not cancel the fetch for the
/// others; only its timeout does.
/// </summary>
internal sealed partial class DocumentFetcher(
    FetchingOptions options,
    IFetchNetwork network,
    ServiceMetrics metrics,
    TimeProvider time,
    ILogger<DocumentFetcher> logger,
    string? plain = null)
    : IDocumentFetcher
{
    /// <summary>
    /// The pace of fetches of one document: how long a failure is cached, and a document whose server does not want it to be cached.
    /// </summary>
    internal static readonly TimeSpan FailureLifetime = TimeSpan.FromSeconds(5);

    private readonly AllowedHosts _hosts = new(options.AllowedHosts, plain);
    private readonly FetchSlots _slots = new(options.MaxConcurrent, options.MaxConcurrentPerHost);
    private readonly DocumentExchange _exchange = new(options, new GuardedConnector(network), ServerTrust.From(options));
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Task<FetchedDocument>> _flights = new(StringComparer.Ordinal);
    private readonly DocumentCache _documents = new(options.CacheEntries, TimeSpan.FromSeconds(options.CacheSeconds), time);
    private readonly DocumentCache _failures = new(options.CacheEntries, FailureLifetime, time);

    public async ValueTask<FetchedDocument> FetchAsync(string uri, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (FetchTarget.Fault(uri, _hosts, out var target) is { } fault)
        {
            return FetchedDocument.Failed(fault);
        }

        Task<FetchedDocument>? flight;
        lock (_gate)
        {
            if (_documents.TryGet(uri, out var known) || _failures.TryGet(uri, out known))
            {
                return known;
            }

            if (!_flights.TryGetValue(uri, out flight))
            {
                _flights[uri] = flight = Start(target!);
            }
        }

        return await flight.WaitAsync(cancellationToken);
    }

    public void Reject(string uri, FetchedDocument document, string problem)
    {
        lock (_gate)
        {
            _documents.Remove(uri, document);
            _failures.Put(uri, FetchedDocument.Failed(problem));
        }
    }

    private Task<FetchedDocument> Start(FetchTarget target)
    {
        var limit = new CancellationTokenSource(TimeSpan.FromSeconds(options.TimeoutSeconds), time);
        return Task.Run(() => FlyAsync(target, limit), CancellationToken.None);
    }

    private async Task<FetchedDocument> FlyAsync(FetchTarget target, CancellationTokenSource limit)
    {
        FetchedDocument document;
        Exception? failure = null;
        var outcome = Attributes.Fetched;
        var started = ServiceMetrics.Start();
        var span = Spans.StartFetch(target.Host, target.Port);
        using (limit)
        {
            try
            {
                document = await GetAsync(target, limit.Token);
            }
            catch (Exception e)
            {
                failure = e;
                outcome = OutcomeOf(e, limit.IsCancellationRequested);
                document = FetchedDocument.Failed(ProblemOf(e, limit.IsCancellationRequested));
            }
        }

        metrics.Fetched(started, outcome);
        span.End(failure is null ? null : outcome);
        Land(target, document, isRemembered: failure is not FetchFault { IsOurs: true });
        if (failure is not null)
        {
            LogNotFetched(target.Uri.GetLeftPart(UriPartial.Path), document.Problem!, ExchangeProblems.CauseOf(failure));
        }

        return document;
    }

    private static string OutcomeOf(Exception failure, bool isLate) =>
        failure is FetchFault { IsOurs: true } ? Attributes.NoSlot
        : isLate && failure is not FetchFault ? Attributes.Timeout
        : Attributes.Failed;

    private void Land(FetchTarget target, FetchedDocument document, bool isRemembered)
    {
        lock (_gate)
        {
            _flights.Remove(target.Text);
            if (isRemembered)
            {
                (document.Problem is null ? _documents : _failures).Put(target.Text, document, LifetimeOf(document));
            }
        }
    }

    private static TimeSpan? LifetimeOf(FetchedDocument document) =>
        document.MaxAge < FailureLifetime ? FailureLifetime : document.MaxAge;

    private async Task<FetchedDocument> GetAsync(FetchTarget target, CancellationToken limit)
    {
        using var slot = await EnterAsync(target.Host, limit);
        return await _exchange.GetAsync(target, limit);
    }

    private async Task<IDisposable> EnterAsync(string host, CancellationToken limit)
    {
        try
        {
            return await _slots.EnterAsync(host, limit);
        }
        catch (OperationCanceledException)
        {
            throw new FetchFault(
                "could not be fetched because too many other documents are being fetched; try again later", "no slot became free")
            {
                IsOurs = true,
            };
        }
    }

    private string ProblemOf(Exception exception, bool isLate) => isLate && exception is not FetchFault
        ? string.Create(CultureInfo.InvariantCulture, $"did not answer within {options.TimeoutSeconds} seconds")
        : ExchangeProblems.ProblemOf(exception);

    [LoggerMessage(2071, LogLevel.Information, "DOCUMENT_NOT_FETCHED {Uri} {Problem}: {Cause}")]
    private partial void LogNotFetched(string uri, string problem, string cause);
}
