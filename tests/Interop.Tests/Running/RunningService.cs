using GrpcDcr.TestKit.Running;

namespace GrpcDcr.Interop.Tests.Running;

/// <summary>One server for all tests of a class, its public listener behind TLS as real clients insist.</summary>
public class RunningService : IAsyncLifetime
{
    /// <summary>What the authorization server beside it says of itself: MCP clients take no document without these endpoints.</summary>
    private const string BaseDocument = """
        {
          "authorization_endpoint": "https://as.example/authorize",
          "token_endpoint": "https://as.example/token",
          "code_challenge_methods_supported": ["S256"]
        }
        """;

    private readonly DataFolder _folder = new();

    internal ServerProcess Server { get; private set; } = null!;

    internal TestCertificate Certificate { get; private set; } = null!;

    /// <summary>Further settings of the server.</summary>
    protected virtual string[] Settings => [];

    public async ValueTask InitializeAsync()
    {
        Certificate = TestCertificate.Make(_folder.Path);
        var document = Path.Combine(_folder.Path, "as-metadata.json");
        await File.WriteAllTextAsync(document, BaseDocument);
        Server = await ServerProcess.StartAsync(_folder, Certificate, [$"Metadata:BaseDocumentPath={document}", .. Settings]);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (Server is not null)
        {
            await Server.DisposeAsync();
        }

        _folder.Dispose();
    }
}

/// <summary>The same, where registration asks for an initial access token.</summary>
public sealed class TokenGatedService : RunningService
{
    public const string InitialAccessToken = "initial-access-token-of-the-tests";

    protected override string[] Settings => ["DYNAMIC_CLIENT_REGISTRATION_TOKEN=" + InitialAccessToken];
}
