using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using GrpcDcr.TestKit;
using GrpcDcr.TestKit.Running;

namespace GrpcDcr.Interop.Tests;

/// <summary>The table of <c>docs/operating.md</c> about starts that fail: each sentence is what the service says of the mistake.</summary>
public sealed partial class StartSentenceTests : IDisposable
{
    private const string Data = "\"Storage:LiteDb:Path\": \"FOLDER/data\"";

    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(60);

    /// <summary>The settings that make each mistake, by the beginning of the sentence.</summary>
    private static readonly Dictionary<string, string> Mistakes = new()
    {
        ["Storrage "] = $$"""{ "Storrage": {}, {{Data}} }""",
        ["Failed to load"] = "{\n  \"RateLimit\": {}\n  \"PublicBaseUrl\": \"\"\n}",
        ["Access to the path"] = $$"""{ {{Data}} }""",
        ["ENABLE_DYNAMIC_CLIENT_REGISTRATIONS "] = $$"""{ {{Data}} }""",
        ["DYNAMIC_CLIENT_REGISTRATION_RATE_LIMIT "] = $$"""{ "DYNAMIC_CLIENT_REGISTRATION_RATE_LIMIT": "10 per minute", {{Data}} }""",
        ["DYNAMIC_CLIENT_REGISTRATION_TOKEN "] = $$"""{ {{Data}} }""",
        ["Kestrel:Endpoints:Public:Url "] = $$"""{ "Kestrel:Endpoints:Public:Url": "http://0.0.0.0:8080", {{Data}} }""",
        ["Kestrel:Endpoints:Internal:Url "] = $$"""{ "Kestrel:Endpoints:Internal:Url": "https://0.0.0.0:8443", {{Data}} }""",
        ["Kestrel:Certificates:Default:KeyPath "] = $$"""
            {
              "Kestrel:Endpoints:Public:Url": "https://127.0.0.1:0", {{Data}},
              "Kestrel:Certificates:Default": { "Path": "FOLDER/etc/server.crt", "KeyPath": "FOLDER/etc/tls.key" }
            }
            """,
        ["Kestrel:Endpoints:Admin:Url "] = $$"""
            {
              "Kestrel:Endpoints": {
                "Public:Url": "http://127.0.0.1:0", "Internal:Url": "http://127.0.0.1:0", "Management:Url": "http://127.0.0.1:0",
                "Admin:Url": "http://127.0.0.1:PORT"
              },
              {{Data}}
            }
            """,
        ["Storage:LiteDb:Path "] = """{ "Storage:LiteDb:Path": "FOLDER/srv/clients" }""",
        ["Storage:Postgres:ConnectionString "] = """{ "Storage:Engine": "Postgres" }""",
        ["Authentication:Tokens:as:Token "] = $$"""
            {
              "Authentication:Tokens": {
                "alice": { "Token": "the-same-token-for-both", "Roles": "admin" },
                "as": { "Token": "the-same-token-for-both", "Roles": "directory" }
              },
              {{Data}}
            }
            """,
        ["Authentication:Jwt:Audience "] = $$"""
            { "Authentication:Jwt": { "Authority": "https://as.example", "Roles:Admin": "dcr-admin" }, {{Data}} }
            """,
        ["Metadata:BaseDocumentPath "] = $$"""
            {
              "PublicBaseUrl": "https://as.example", "ForwardedHeaders:TrustedProxies": "127.0.0.1",
              "Metadata:BaseDocumentPath": "FOLDER/etc/as-metadata.json", {{Data}}
            }
            """,
    };

    private readonly DataFolder _folder = new();
    private readonly TcpListener _taken = new(IPAddress.Loopback, 0);

    public static TheoryData<string> Sentences => [.. Rows().Select(row => row[..(row.IndexOf('(') is var end and > 0 ? end : 20)])];

    public void Dispose()
    {
        _taken.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Every_mistake_is_in_the_table() => Assert.Equal(Mistakes.Count, Rows().Count(row => KeyOf(row) is not null));

    [Theory]
    [MemberData(nameof(Sentences))]
    public async Task A_sentence_of_the_table_is_what_the_service_says(string beginning)
    {
        if (Environment.UserName != "root")
        {
            Assert.Skip("Only root can run a program as another user.");
        }

        var row = Rows().Single(row => row.StartsWith(beginning, StringComparison.Ordinal));
        await MakeAsync(Mistakes[KeyOf(row)!]);

        await using var process = ChildProcess.Start(
            "setpriv",
            ["--reuid", "65534", "--clear-groups", "dotnet", BuiltFiles.ServerProgram, "serve", "--config", Etc("appsettings.json")],
            _folder.Path, EnvironmentOf(row));
        await process.EndedAsync(StartTime);

        var said = process.Errors.Replace(Etc(""), "/etc/grpcdcr", StringComparison.Ordinal)
            .Replace(_folder.Path, "", StringComparison.Ordinal)
            .Replace("user nobody", "user grpcdcr", StringComparison.Ordinal)
            .Replace($":{((IPEndPoint)_taken.LocalEndpoint).Port}'", ":8082'", StringComparison.Ordinal);
        Assert.Equal(78, process.ExitCode);
        Assert.Matches("(?m)^  " + Regex.Escape(row).Replace("…", ".*", StringComparison.Ordinal) + "\r?$", said);
    }

    private static string? KeyOf(string row) =>
        Mistakes.Keys.SingleOrDefault(beginning => row.StartsWith(beginning, StringComparison.Ordinal));

    private static List<string> Rows()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "operating.md"));
        var section = page.Split("\n## ").Single(part => part.StartsWith("When it does not start", StringComparison.Ordinal));
        return [.. Row().Matches(section).Select(match => match.Groups["sentence"].Value)];
    }

    private string Etc(string file) => Path.Combine(_folder.Path, "etc", file);

    /// <summary>What is in the folders, whose owner is root; the service may read all but its key.</summary>
    private async Task MakeAsync(string settings)
    {
        _taken.Start();
        System.IO.Directory.CreateDirectory(Etc(""));
        System.IO.Directory.CreateDirectory(Path.Combine(_folder.Path, "srv"));
        System.IO.Directory.CreateDirectory(Path.Combine(_folder.Path, "credentials"));
        var certificate = TestCertificate.Make(Etc(""));
        File.Move(certificate.KeyFile, Etc("tls.key"));
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "credentials", "DYNAMIC_CLIENT_REGISTRATION_TOKEN"), "short");
        await File.WriteAllTextAsync(
            Etc("as-metadata.json"),
            """
            {
              "issuer": "https://other.example", "authorization_endpoint": "https://other.example/a",
              "token_endpoint": "https://other.example/t"
            }
            """);
        await File.WriteAllTextAsync(
            Etc("appsettings.json"),
            settings.Replace("FOLDER", _folder.Path, StringComparison.Ordinal)
                .Replace("PORT", $"{((IPEndPoint)_taken.LocalEndpoint).Port}", StringComparison.Ordinal));
        System.Diagnostics.Process.Start("chmod", ["-R", "go=rX", _folder.Path]).WaitForExit();
        System.Diagnostics.Process.Start("chmod", ["600", Etc("tls.key")]).WaitForExit();
    }

    private Dictionary<string, string?> EnvironmentOf(string row)
    {
        if (row.StartsWith("Access", StringComparison.Ordinal))
        {
            System.Diagnostics.Process.Start("chmod", ["600", Etc("appsettings.json")]).WaitForExit();
        }

        return row.StartsWith("DYNAMIC_CLIENT_REGISTRATION_TOKEN", StringComparison.Ordinal)
            ? new() { ["CREDENTIALS_DIRECTORY"] = Path.Combine(_folder.Path, "credentials") }
            : row.StartsWith("ENABLE_DYNAMIC_CLIENT_REGISTRATIONS", StringComparison.Ordinal)
                ? new() { ["ENABLE_DYNAMIC_CLIENT_REGISTRATIONS"] = "true" }
                : [];
    }

    [GeneratedRegex(@"^\| `(?<sentence>[^`]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
