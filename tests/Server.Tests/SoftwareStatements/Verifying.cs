using GrpcDcr.Server.Fetching;
using GrpcDcr.Server.SoftwareStatements;
using GrpcDcr.Server.Syntax;
using GrpcDcr.TestKit;
using GrpcDcr.TestKit.Samples;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace GrpcDcr.Server.Tests.SoftwareStatements;

/// <summary>A verifier that trusts one issuer, unless it is told otherwise, and all that it does to the world.</summary>
internal sealed class Verifying : ILogger<SoftwareStatementVerifier>, IDocumentFetcher
{
    public const string Issuer = "https://issuer.example";
    public const string Audience = "https://as.example";

    /// <summary>A statement that says enough, without its closing brace.</summary>
    public const string Minimum = """{"iss":"https://issuer.example","software_id":"product-7" """;

    /// <summary>Members of the deployment's own; <c>sub</c> is no member, whoever names it.</summary>
    public static readonly AllowedValues OwnMembers = new(["org_id", "sub"], StringComparer.Ordinal);

    private readonly SoftwareStatementVerifier _verifier;

    public Verifying(Action<SoftwareStatementIssuerOptions>? change = null, params SoftwareStatementIssuerOptions[] others)
    {
        var issuer = Trusted(change);
        _verifier = new SoftwareStatementVerifier(
            [issuer, .. others], new SoftwareStatementOptions(), [Audience, Audience + "/"], OwnMembers, this, Time, this);
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));

    /// <summary>Seconds since 1970.</summary>
    public long Now => Time.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>The URIs asked for.</summary>
    public List<string> Fetched { get; } = [];

    /// <summary>What is found at every URI.</summary>
    public FetchedDocument Document { get; set; } = FetchedDocument.Failed("did not answer");

    /// <summary>Why a document was not taken.</summary>
    public List<string> Rejected { get; } = [];

    public List<string> Log { get; } = [];

    /// <summary>Options that pass their validator: an issuer with one key of each kind.</summary>
    public static SoftwareStatementIssuerOptions Trusted(Action<SoftwareStatementIssuerOptions>? change = null)
    {
        var options = new SoftwareStatementIssuerOptions
        {
            Issuer = Issuer,
            Jwks = SigningKey.Set(
                SigningKey.Rsa.Jwk("\"kid\":\"rsa\","),
                SigningKey.P256.Jwk("\"kid\":\"ec\",\"use\":\"sig\","),
                SigningKey.P384.Jwk(),
                SigningKey.P521.Jwk()),
        };
        change?.Invoke(options);
        Assert.Equal([], SoftwareStatementIssuerOptionsValidator.Validate("one", options));
        return options;
    }

    /// <summary>A statement of the issuer by RS256, with these claims besides the minimum: <c>,"exp":1</c>.</summary>
    public static string Statement(string more = "", string header = """{"alg":"RS256","kid":"rsa"}""") =>
        SigningKey.Rsa.Jwt(header, Minimum + more + "}");

    public async Task<SoftwareStatementVerdict> VerdictOfAsync(string statement)
    {
        var verdict = await _verifier.VerifyAsync(statement, TestContext.Current.CancellationToken);
        var description = verdict switch
        {
            SoftwareStatementVerdict.Refused refused => refused.Description,
            SoftwareStatementVerdict.Unapproved unapproved => unapproved.Description,
            _ => "none",
        };
        PlainAscii.Check(description);
        return verdict;
    }

    public async Task<VerifiedSoftwareStatement> VerifyAsync(string statement) =>
        Assert.IsType<SoftwareStatementVerdict.Verified>(await VerdictOfAsync(statement)).Statement;

    /// <summary>Refused as <c>invalid_software_statement</c>, for the reason that has these words.</summary>
    public async Task RefusesAsync(string statement, string because)
    {
        var refused = Assert.IsType<SoftwareStatementVerdict.Refused>(await VerdictOfAsync(statement));
        Assert.Contains(because, refused.Description, StringComparison.Ordinal);
        Assert.Empty(Fetched);
    }

    /// <summary>As the statement of a registered client.</summary>
    public ValueTask<SoftwareStatementVerdict?> VerifyRegisteredAsync(string statement) =>
        _verifier.VerifyRegisteredAsync(statement, CancellationToken.None);

    public ValueTask<FetchedDocument> FetchAsync(string uri, CancellationToken cancellationToken)
    {
        Fetched.Add(uri);
        return new ValueTask<FetchedDocument>(Document);
    }

    public void Reject(string uri, FetchedDocument document, string problem)
    {
        Assert.Same(Document, document);
        Rejected.Add($"{uri} {problem}");
    }

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    void ILogger.Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Log.Add(formatter(state, exception));
}
