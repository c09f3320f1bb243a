using System.Collections.Concurrent;

namespace GrpcDcr.Interop.Tests.Crashes;

/// <summary>A registration that the server answered with 201.</summary>
/// <param name="Name">The <c>client_name</c>, which no other client has.</param>
/// <param name="Method">The <c>token_endpoint_auth_method</c>.</param>
/// <param name="Secret">The <c>client_secret</c>.</param>
internal sealed record Acknowledged(string Name, string Method, string Secret)
{
    public string RedirectUri => RedirectUriOf(Name);

    /// <summary>The name is in the URI too, so that a record put together from two clients shows.</summary>
    public static string RedirectUriOf(string name) => $"https://{name}.example/callback";
}

/// <summary>What the server has acknowledged in all its lives, as its callers remember it.</summary>
internal sealed class Ledger
{
    /// <summary>By <c>client_id</c>.</summary>
    public ConcurrentDictionary<string, Acknowledged> Clients { get; } = new(StringComparer.Ordinal);

    /// <summary>The <c>client_id</c>s whose approval was answered with 200.</summary>
    public ConcurrentDictionary<string, bool> Approved { get; } = new(StringComparer.Ordinal);

    /// <summary>Answers that are neither a success nor the end of the connection. There must be none.</summary>
    public ConcurrentQueue<string> Surprises { get; } = new();
}
