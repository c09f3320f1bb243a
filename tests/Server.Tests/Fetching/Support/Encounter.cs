using GrpcDcr.Server.Fetching;
using GrpcDcr.Server.Telemetry;
using GrpcDcr.TestKit;
using GrpcDcr.TestKit.Network;
using Microsoft.Extensions.Time.Testing;

namespace GrpcDcr.Server.Tests.Fetching.Support;

/// <summary>A fetcher and a server that it meets, on a network and in a time that the test commands.</summary>
internal sealed class Encounter : IAsyncDisposable
{
    /// <inheritdoc cref="HostileServer.Patience"/>
    public static TimeSpan Patience => HostileServer.Patience;

    private readonly DocumentFetcher _fetcher;

    public Encounter(HostileServer server, Action<FetchingOptions>? settings = null, TimeProvider? time = null)
    {
        Server = server;
        var options = new FetchingOptions { CertificateAuthorities = TestAuthority.Only.PemPath };
        settings?.Invoke(options);
        Assert.Empty(FetchingOptionsValidator.Validate(options));
        Network.Say("keys.example", ScriptedNetwork.PublicAddress);
        _fetcher = new DocumentFetcher(options, Network, ServiceMetrics.None, time ?? Time, Log);
    }

    public HostileServer Server { get; }

    public ScriptedNetwork Network { get; } = new();

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));

    public KeptLog<DocumentFetcher> Log { get; } = new();

    /// <summary>A fetcher that meets a server which follows the script for every request, and whose certificate is right.</summary>
    public static Encounter With(Script script, Action<FetchingOptions>? settings = null) => new(HostileServer.Tls(script), settings);

    public string UriOf(string path = "/keys", string host = "keys.example") => $"https://{host}:{Server.Port}{path}";

    /// <summary>Fetches one path of the server.</summary>
    public Task<FetchedDocument> FetchAsync(
        string path = "/keys", string host = "keys.example", CancellationToken cancellationToken = default) =>
        _fetcher.FetchAsync(UriOf(path, host), cancellationToken).AsTask().WaitAsync(Patience, CancellationToken.None);

    /// <summary>Says that the document of a path is not what it should be.</summary>
    public void Reject(FetchedDocument document, string problem, string path = "/keys") => _fetcher.Reject(UriOf(path), document, problem);

    /// <summary>Why a fetch of the path fails; every such text is fit for a caller.</summary>
    public async Task<string> ProblemAsync(string path = "/keys", string host = "keys.example")
    {
        var fetched = await FetchAsync(path, host);
        Assert.NotNull(fetched.Problem);
        Assert.True(fetched.Bytes.IsEmpty);
        PlainAscii.Check(fetched.Problem);
        return fetched.Problem;
    }

    /// <summary>The document at a path, which must be there.</summary>
    public async Task<string> TextAsync(string path = "/keys", string host = "keys.example")
    {
        var fetched = await FetchAsync(path, host);
        Assert.Null(fetched.Problem);
        return System.Text.Encoding.UTF8.GetString(fetched.Bytes.Span);
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
