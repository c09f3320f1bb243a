using System.Text.Json;
using GrpcDcr.Fuzz.Tests.Engine;
using GrpcDcr.Fuzz.Tests.Mutations;
using GrpcDcr.Fuzz.Tests.Oracles;
using GrpcDcr.Server.Fetching;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;
using GrpcDcr.Server.Registration;
using GrpcDcr.Server.SoftwareStatements;
using GrpcDcr.TestKit;
using GrpcDcr.TestKit.Samples;

namespace GrpcDcr.Fuzz.Tests.Targets;

/// <summary>
/// What is found at a URI that somebody else chose: the keys of an issuer or a client, and the redirect URIs of a sector (OpenID Connect
/// Registration section 5).
/// </summary>
internal sealed class FetchedDocumentTarget : IFuzzTarget
{
    private const string Uri = "https://client.example/document";

    private static readonly RegistrationPolicy Policy =
        Policies.Of(options => options.CheckJwksUri = true, capabilities => capabilities.SubjectTypes = "pairwise");

    private static readonly ClientMetadata OfKeys = ClientMetadata.Empty with { JwksUri = Uri };

    private static readonly ClientMetadata OfSector =
        new ClientMetadata { RedirectUris = ["https://client.example/cb"] }.With(ExtensionMembers.SectorIdentifierUri, Uri);

    private static readonly CompactJws Statement = CompactJws.Read(Resource.Text("statements.txt").Split('\n')[0], int.MaxValue, out _)!;

    public FetchedDocumentTarget()
    {
        Seeds =
        [
            .. SampleDocuments.Registrations.Select(KeysIn).OfType<byte[]>(),
            System.Text.Encoding.UTF8.GetBytes(Resource.Text("issuer-keys.json")),
            """["https://client.example/cb"]"""u8.ToArray(),
            """["https:\/\/client.example\/cb", "https://other.example/cb"]"""u8.ToArray(),
        ];
        Mutation = new JsonMutation(new Vocabulary(Seeds));
    }

    public string Name => "fetched-documents";

    public IReadOnlyList<byte[]> Seeds { get; }

    public IMutation Mutation { get; }

    public void Check(byte[] input)
    {
        CheckIssuer(input);
        var remote = new RemoteDocumentValidator(new OneDocument(input));
        foreach (var metadata in (ReadOnlySpan<ClientMetadata>)[OfKeys, OfSector])
        {
            var checking = remote.CheckAsync(metadata, Policy, CancellationToken.None).AsTask();
            Assert.True(checking.IsCompletedSuccessfully);
            if (checking.Result.Count > 0)
            {
                Refusals.Check(checking.Result);
            }
            else if (metadata == OfSector)
            {
                Assert.Contains(metadata.RedirectUris[0].Text, JsonSerializer.Deserialize<string[]>(input)!);
            }
        }
    }

    /// <summary>Whatever an issuer publishes, verifying with it does not fail.</summary>
    private static void CheckIssuer(byte[] input)
    {
        if (IssuerKeySet.Read(input) is not { } set)
        {
            return;
        }

        Assert.All(set.Faults, PlainAscii.Check);
        foreach (var algorithm in SoftwareStatementAlgorithms.Supportable)
        {
            Assert.All(set.For(algorithm, keyId: null).Take(4), key => key.Verifies(Statement, algorithm));
        }
    }

    private static byte[]? KeysIn(byte[] document)
    {
        try
        {
            using var parsed = JsonDocument.Parse(document);
            return parsed.RootElement.TryGetProperty("jwks", out var jwks) && jwks.ValueKind == JsonValueKind.Object
                ? System.Text.Encoding.UTF8.GetBytes(jwks.GetRawText())
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Finds the same at every URI.</summary>
    private sealed class OneDocument(byte[] document) : IDocumentFetcher
    {
        public ValueTask<FetchedDocument> FetchAsync(string uri, CancellationToken cancellationToken) =>
            new(new FetchedDocument(document, null));

        public void Reject(string uri, FetchedDocument document, string problem)
        {
        }
    }
}
