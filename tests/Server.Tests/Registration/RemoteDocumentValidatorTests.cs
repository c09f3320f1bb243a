using System.Text;
using GrpcDcr.Server.Fetching;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;
using GrpcDcr.Server.Registration;
using GrpcDcr.Server.Syntax;
using GrpcDcr.TestKit;
using GrpcDcr.TestKit.Samples;

namespace GrpcDcr.Server.Tests.Registration;

/// <summary>What stands in the documents that metadata refers to.</summary>
public sealed class RemoteDocumentValidatorTests
{
    private const string Sector = "https://sector.example/uris.json";
    private const string Keys = "https://client.example/jwks";

    private static readonly RegistrationPolicy Checking = Policies.Of(options =>
    {
        options.CheckJwksUri = true;
        options.TokenEndpointAuthMethods += " private_key_jwt";
    });

    [Theory]
    [InlineData("""["https://a.example/cb","https://b.example/cb"]""")]
    [InlineData("""["https://other.example/","https://b.example/cb","https://a.example/cb","https://a.example/cb"]""")]
    [InlineData("""["https:\/\/a.example\/cb","https://b.\u0065xample/cb"]""")]
    public async Task A_sector_may_list_all_redirect_uris_in_any_order(string document) =>
        Assert.Equal([], await CheckAsync(document)); // OIDR-2-13, OIDR-6-01

    [Theory]
    [InlineData("""["https://example.com/op"]""", "does not list redirect_uris[0] 'https://a.example/cb'")]
    [InlineData("""["https://a.example/cb"]""", "does not list redirect_uris[1] 'https://b.example/cb'")]
    [InlineData("""["https://a.example/CB","https://b.example/cb"]""", "does not list redirect_uris[0]")]
    [InlineData("""["https://a.example/cb/","https://b.example/cb"]""", "does not list redirect_uris[0]")]
    [InlineData("""["https://A.example/cb","https://b.example/cb"]""", "does not list redirect_uris[0]")]
    [InlineData("[]", "does not list redirect_uris[0]")]
    [InlineData("""{"0":"https://a.example/cb"}""", "is not a JSON array of strings")]
    [InlineData("""["https://a.example/cb",1]""", "is not a JSON array of strings")]
    [InlineData("\"https://a.example/cb\"", "is not a JSON array of strings")]
    [InlineData("null", "is not a JSON array of strings")]
    [InlineData("<html></html>", "is not one JSON value")]
    [InlineData("[\"https://a.example/cb\"", "is not one JSON value")]
    [InlineData("[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]", "is not a JSON array of strings")]
    [InlineData("{\"\\ud800\":1}", "an unpaired surrogate")]
    [InlineData("[\"\\ud800\"]", "an unpaired surrogate")]
    public async Task Any_other_document_is_refused(string document, string expected)
    {
        var violation = Assert.Single(await CheckAsync(document)); // OIDR-2-13
        Assert.Equal("sector_identifier_uri", violation.Member);
        Assert.Contains(expected, violation.Description, StringComparison.Ordinal);
        PlainAscii.Check(violation.Description);
    }

    [Fact]
    public async Task Composed_and_decomposed_characters_are_not_the_same()
    {
        // OIDR-6-01
        var client = Client(sector: Sector) with { RedirectUris = ["https://a.example/e\u0301"] };
        Assert.Single(await CheckAsync(client, Policies.Full, (Sector, "[\"https://a.example/\u00e9\"]")));
        Assert.Empty(await CheckAsync(client, Policies.Full, (Sector, "[\"https://a.example/e\\u0301\"]")));
    }

    [Fact]
    public async Task A_document_that_cannot_be_fetched_is_refused()
    {
        // OIDR-2-13, OIDR-2-14
        var violation = Assert.Single(await CheckAsync(Client(sector: Sector), Policies.Full));
        Assert.Equal(
            ("sector_identifier_uri", "sector_identifier_uri could not be fetched: status 404."),
            (violation.Member, violation.Description));
    }

    [Fact]
    public async Task Keys_are_fetched_only_where_the_deployment_says_so()
    {
        Assert.Empty(await CheckAsync(Client(keys: Keys), Policies.Full));
        Assert.Equal(
            "jwks_uri could not be fetched: status 404.", Assert.Single(await CheckAsync(Client(keys: Keys), Checking)).Description);
    }

    [Theory]
    [InlineData("""{"keys":[]}""", "client_secret_basic", "")]
    [InlineData("{\"keys\":[{" + SampleKeys.Ec + "}]}", "private_key_jwt", "")]
    [InlineData(
        """{"keys":[]}""", "private_key_jwt",
        "private_key_jwt needs a public key to verify RS256, PS256, ES256, EdDSA with (RFC 7523 section 3), and jwks_uri has none.")]
    [InlineData(
        """{"keys":[{"kty":"oct","k":"c2VjcmV0"}]}""", "client_secret_basic",
        "jwks_uri.keys[0] is a symmetric key; only public keys are allowed.")]
    [InlineData("{\"keys\":[{" + SampleKeys.Ec + ",\"d\":\"AQ\"}]}", "client_secret_basic", "jwks_uri.keys[0] has private key material")]
    [InlineData("""{"keys":[],"keys":[]}""", "client_secret_basic", "not one JSON value of at most 32 levels without duplicate members")]
    [InlineData("[]", "client_secret_basic", "jwks_uri is not a JWK Set")]
    [InlineData("eyJhbGciOiJub25lIn0.e30.", "client_secret_basic", "jwks_uri leads to a document that is not one JSON value")]
    public async Task Fetched_keys_are_checked_like_keys_by_value(string document, string method, string expected)
    {
        var violations = await CheckAsync(Client(keys: Keys) with { TokenEndpointAuthMethod = method }, Checking, (Keys, document));
        Assert.Equal(expected.Length == 0 ? 0 : 1, violations.Count);
        Assert.All(violations, violation => Assert.Contains(expected, violation.Description, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_is_fetched_for_a_client_that_refers_to_nothing() =>
        Assert.Empty(
            await new RemoteDocumentValidator(new FakeFetcher([])).CheckAsync(Client(), Checking, TestContext.Current.CancellationToken));

    private static ClientMetadata Client(string? sector = null, string? keys = null) => new ClientMetadata
    {
        RedirectUris = ["https://a.example/cb", "https://b.example/cb"],
        TokenEndpointAuthMethod = AuthMethods.ClientSecretBasic,
        JwksUri = keys,
    }.With(ExtensionMembers.SectorIdentifierUri, sector);

    private static ValueTask<IReadOnlyList<Violation>> CheckAsync(string document) =>
        CheckAsync(Client(sector: Sector), Policies.Full, (Sector, document));

    private static ValueTask<IReadOnlyList<Violation>> CheckAsync(
        ClientMetadata client, RegistrationPolicy policy, params (string Uri, string Document)[] documents) =>
        new RemoteDocumentValidator(new FakeFetcher(documents)).CheckAsync(client, policy, TestContext.Current.CancellationToken);

    /// <summary>A web of a few documents.</summary>
    private sealed class FakeFetcher((string Uri, string Document)[] documents) : IDocumentFetcher
    {
        public ValueTask<FetchedDocument> FetchAsync(string uri, CancellationToken cancellationToken) => ValueTask.FromResult(
            Array.Find(documents, known => known.Uri == uri) is { Uri: not null } found
                ? new FetchedDocument(Encoding.UTF8.GetBytes(found.Document), Problem: null)
                : FetchedDocument.Failed("could not be fetched: status 404"));

        public void Reject(string uri, FetchedDocument document, string problem) => Assert.Fail($"Nothing here is rejected: {problem}");
    }
}
