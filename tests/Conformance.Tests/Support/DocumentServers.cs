using System.Collections.Concurrent;
using System.Globalization;
using GrpcDcr.TestKit.Network;
using GrpcDcr.TestKit.Samples;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Conformance.Tests.Support;

/// <summary>
/// A service beside an authorization server that has everything, and an https server of this machine that it may fetch from.
/// </summary>
public class DocumentServers : IAsyncLifetime
{
    private readonly string[] _settings;
    private readonly ConcurrentDictionary<string, Script> _scripts = new(StringComparer.Ordinal);
    private readonly HostileServer _documents;
    private RunningServer? _service;
    private int _count;

    protected DocumentServers(params string[] settings)
    {
        _settings = settings;
        _documents = HostileServer.Tls(conversation => _scripts[conversation.Target](conversation));
    }

    public RunningServer Service => _service!;

    public async ValueTask InitializeAsync() => _service = await RunningServer.StartAsync(
    [
        .. Deployments.Full, "Registration:CheckJwksUri=true", $"Fetching:AllowedHosts=localhost:{_documents.Port}",
        "Fetching:CertificateAuthorities=" + TestAuthority.Only.PemPath, .. _settings,
    ]);

    /// <summary>Publishes a JSON document, and says where.</summary>
    public string Publish(string json) => Publish(conversation => conversation.SendJsonAsync(json));

    /// <param name="script">What the server does once it has read a request for the address.</param>
    internal string Publish(Script script)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"/{Interlocked.Increment(ref _count)}.json");
        _scripts[path] = script;
        return $"https://localhost:{_documents.Port}{path}";
    }

    /// <summary>Waits for a request of the address.</summary>
    public Task RequestedAsync(string address) => Eventually.HoldsAsync(
        () => Task.FromResult(
            _documents.Requests.Any(request => request.Contains(new Uri(address).AbsolutePath + " ", StringComparison.Ordinal))));

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Service.DisposeAsync();
        await _documents.DisposeAsync();
    }
}
