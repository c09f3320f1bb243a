using GrpcDcr.Doors.Tests.Support;
using GrpcDcr.Server.Tests.Registration.Statements;

namespace GrpcDcr.Conformance.Tests.Support;

/// <summary>An issuer of software statements: the settings that make the service trust it, and what it signs.</summary>
/// <param name="Label">Its label in the configuration.</param>
/// <param name="Name">The <c>iss</c> of its statements.</param>
/// <param name="Key">What it signs with, by RS256.</param>
internal sealed record StatementIssuer(string Label, string Name, SigningKey Key)
{
    private static int statements;

    public static StatementIssuer One { get; } = new("one", "https://issuer.example", SigningKey.Rsa);

    public static StatementIssuer Other { get; } = new("other", "https://other.example", SigningKey.OtherRsa);

    /// <param name="settings">Of the issuer, as <c>OneUse=true</c>; its keys are among them.</param>
    public string[] Settings(params string[] settings) =>
        [.. settings.Prepend("Issuer=" + Name).Select(setting => $"Statements:Issuers:{Label}:{setting}")];

    /// <summary>With its key by value.</summary>
    /// <param name="settings">Further ones, as above.</param>
    public string[] Trusted(params string[] settings) => Settings([.. settings, "Jwks=" + SigningKey.Set(Key.Jwk("\"kid\":\"rsa\","))]);

    /// <param name="claims">As in JSON, without braces.</param>
    /// <param name="header">As JSON.</param>
    public string Statement(string claims, string header = """{"alg":"RS256","kid":"rsa"}""") =>
        Key.Jwt(header, $$"""{"iss":"{{Name}}",{{claims}}}""");

    /// <summary>A statement that was issued just now, is like no other, and ends in five minutes.</summary>
    /// <param name="server">Whose clock counts.</param>
    /// <param name="claims">As above.</param>
    public string Fresh(RunningServer server, string claims) => Statement($"{Times(server)},{claims}");

    /// <summary>The claims <c>iat</c>, <c>exp</c> and <c>jti</c>.</summary>
    /// <param name="server">Whose clock counts.</param>
    /// <param name="age">In seconds.</param>
    public static string Times(RunningServer server, int age = 0)
    {
        var issued = server.Now() - age;
        return $"\"iat\":{issued},\"exp\":{issued + 300},\"jti\":\"{Interlocked.Increment(ref statements)}\"";
    }
}

/// <summary>Two issuers are trusted, and registration is open.</summary>
public sealed class StatementServer() : SharedServer([.. StatementIssuer.One.Trusted(), .. StatementIssuer.Other.Trusted()]);
