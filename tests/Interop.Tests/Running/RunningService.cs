using GrpcDcr.TestKit.Running;
using GrpcDcr.TestKit.Samples;

namespace GrpcDcr.Interop.Tests.Running;

/// <summary>One server for all tests of a class, its public listener behind TLS as real clients insist.</summary>
public class RunningService : IAsyncLifetime
{
    /// <summary>What the authorization server beside it says of itself: real clients take no document that says less.</summary>
    private const string BaseDocument = """
        {
          "authorization_endpoint": "https://as.example/authorize",
          "token_endpoint": "https://as.example/token",
          "jwks_uri": "https://as.example/jwks",
          "response_types_supported": ["code"],
          "code_challenge_methods_supported": ["S256"],
          "subject_types_supported": ["public"],
          "claims_supported": ["sub", "webid"]
        }
        """;

    private readonly DataFolder _folder = new();

    internal ServerProcess Server { get; private set; } = null!;

    internal TestCertificate Certificate { get; private set; } = null!;

    /// <summary>Further settings of the server.</summary>
    protected virtual string[] Settings => ["Capabilities:SubjectTypes=public"];

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

/// <summary>The same, with the registrations of the OpenID provider in <c>docs/policies.md</c>.</summary>
public class OpenIdService : RunningService
{
    protected override string[] Settings =>
    [
        .. PolicyExamples.All[3]
            .Where(setting => setting.Key.StartsWith("Registration:", StringComparison.Ordinal)
                || setting.Key.StartsWith("Capabilities:", StringComparison.Ordinal))
            .Select(setting => $"{setting.Key}={setting.Value}"),
    ];
}

/// <summary>The same, where registration asks for an initial access token.</summary>
public sealed class TokenGatedService : OpenIdService
{
    public const string InitialAccessToken = "initial-access-token-of-the-tests";

    protected override string[] Settings => [.. base.Settings, "DYNAMIC_CLIENT_REGISTRATION_TOKEN=" + InitialAccessToken];
}
