using GrpcDcr.Server.Policy.Names;
using GrpcDcr.TestKit;

namespace GrpcDcr.Server.Tests.Policy.Names;

/// <summary>RFC 7591 section 5: a client must not pass for another by its name.</summary>
public sealed class ReservedNamesTests
{
    private const string Policy =
        "Claude = claude.ai *.claude.com localhost; Claude Code = localhost 127.0.0.1; ChatGPT = chatgpt.com; VS Code = vscode.dev vscode:;"
        + " Kiro = kiro.dev; My Bank =; \u041c\u043e\u0439 \u0411\u0430\u043d\u043a = bank.example; \u30af\u30ed\u30fc\u30c9 = claude.ai;"
        + " Code Store = store.example; Open Claude = open.example";

    [Theory]
    [InlineData("Claude", "Claude")]
    [InlineData("CLAUDE", "Claude")]
    [InlineData("claude", "Claude")]
    [InlineData("Claude Desktop", "Claude")]
    [InlineData("The new Claude, really", "Claude")]
    [InlineData("claude-desktop", "Claude")]
    [InlineData("Claude.ai", "Claude")]
    [InlineData("Claude's helper", "Claude")]
    [InlineData("Claude_3", "Claude")]
    [InlineData("\u0421laude", "Claude")]
    [InlineData("CIaude Desktop", "Claude")]
    [InlineData("C1aude", "Claude")]
    [InlineData("C|aude", "Claude")]
    [InlineData("\u03f9laude\u200b", "Claude")]
    [InlineData("Cl\u200baude", "Claude")]
    [InlineData("Cl\u00e2ud\u00e9", "Claude")]
    [InlineData("C l a u d e", "Claude")]
    [InlineData("My C l a u d e App", "Claude")]
    [InlineData("C\u200al\u200aa\u200au\u200ad\u200ae", "Claude")]
    [InlineData("C.L.A.U.D.E.", "Claude")]
    [InlineData("Clau-de", "Claude")]
    [InlineData("ClaudeDesktop", "Claude")]
    [InlineData("MyClaude", "Claude")]
    [InlineData("CLAUDEDesktop", "Claude")]
    [InlineData("Claude3", "Claude")]
    [InlineData("Claude\u2122", "Claude")]
    [InlineData("Claude%", "Claude")]
    [InlineData("Claude\u30a2\u30d7\u30ea", "Claude")]
    [InlineData("Kir\u05e1", "Kiro")]
    [InlineData("C\ua781aude", "Claude")]
    [InlineData("Claud\u0258", "Claude")]
    [InlineData("Clavde", "Claude")]
    [InlineData("Cl4ude Desktop", "Claude")]
    [InlineData("Cl@ude", "Claude")]
    [InlineData("C!aude", "Claude")]
    [InlineData("(laude", "Claude")]
    [InlineData("Claud3", "Claude")]
    [InlineData("\U0001f680Claude\U0001f680", "Claude")]
    [InlineData("Claude\u0301Desktop", "Claude")]
    [InlineData("KIRO", "Kiro")]
    [InlineData("K1R0", "Kiro")]
    [InlineData("\u041aIR\u041e cli", "Kiro")]
    [InlineData("Chat GPT", "ChatGPT")]
    [InlineData("chatgpt", "ChatGPT")]
    [InlineData("Visual VSCode", "VS Code")]
    [InlineData("vs-code insiders", "VS Code")]
    [InlineData("MyBank", "My Bank")]
    [InlineData("my bank app", "My Bank")]
    [InlineData("\u041c\u041e\u0419 \u0411\u0410\u041d\u041a", "\u041c\u043e\u0439 \u0411\u0430\u043d\u043a")]
    [InlineData("\u043c\u043e\u0439 \u0431\u0430\u043d\u043a", "\u041c\u043e\u0439 \u0411\u0430\u043d\u043a")]
    [InlineData("\u30af\u30ed\u30fc\u30c9 Desktop", "\u30af\u30ed\u30fc\u30c9")]
    public void These_claim(string clientName, string name) => Assert.Equal([name], Names(clientName));

    [Theory]
    [InlineData("Claudette")]
    [InlineData("CLAUDETTE")]
    [InlineData("Include")]
    [InlineData("INCLUDE")]
    [InlineData("Xclaude")]
    [InlineData("Claudeapp")]
    [InlineData("myclaude")]
    [InlineData("Cl4udette")]
    [InlineData("Claudel")]
    [InlineData("Claud Elder")]
    [InlineData("Desktop")]
    [InlineData("My Banker")]
    [InlineData("Bank My")]
    [InlineData("My own Bank")]
    [InlineData("Chat")]
    [InlineData("Visual Studio Code")]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("\u200b")]
    [InlineData("\ud800")]
    public void These_do_not(string clientName) => Assert.Equal([], Names(clientName));

    /// <summary>Every name that is claimed must be allowed, or one that is allowed anywhere could cover up another.</summary>
    [Theory]
    [InlineData("Claude for ChatGPT", "Claude, ChatGPT")]
    [InlineData("ChatGPT Claude ChatGPT", "ChatGPT, Claude")]
    [InlineData("Claude Code", "Claude Code")]
    [InlineData("ClaudeCode 2", "Claude Code")]
    [InlineData("Open Claude", "Open Claude")]
    [InlineData("Open Claude Code", "Open Claude, Claude Code")]
    [InlineData("Claude Code by Claude", "Claude Code, Claude")]
    [InlineData("Claude Code Store", "Claude Code, Code Store")]
    public void Finds_each_name_that_is_not_part_of_a_longer_one(string clientName, string expected) =>
        Assert.Equal(expected, string.Join(", ", Names(clientName)));

    [Fact]
    public void Nothing_is_claimed_without_a_policy() => Assert.Equal([], Read(" ; ").Claimed("Claude"));

    [Theory]
    [InlineData("Claude", "https://claude.ai/api/mcp/auth_callback", true)]
    [InlineData("Claude", "https://api.Claude.com:8443/cb", true)]
    [InlineData("Claude", "http://localhost:3000/cb", true)]
    [InlineData("Claude", "https://claude.com/cb", false)]
    [InlineData("Claude", "https://claude.ai@evil.example/cb", false)]
    [InlineData("Claude", "https://evil.example/claude.ai", false)]
    [InlineData("Claude", "claude:/cb", false)]
    [InlineData("VS Code", "https://vscode.dev/redirect", true)]
    [InlineData("VS Code", "VSCode://auth/cb", true)]
    [InlineData("VS Code", "vscode-insiders://auth/cb", false)]
    [InlineData("VS Code", "vscode.dev:/cb", false)]
    [InlineData("My Bank", "http://localhost/cb", false)]
    [InlineData("My Bank", "https://bank.example/cb", false)]
    public void Allows_these_redirect_uris(string name, string uri, bool expected) =>
        Assert.Equal((name, uri, expected), (name, uri, Assert.Single(Read(Policy).Claimed(name)).Targets.Allow(uri)));

    [Theory]
    [InlineData("Claude", "claude.ai, *.claude.com, localhost")]
    [InlineData("VS Code", "vscode.dev, vscode:")]
    [InlineData("My Bank", "none")]
    public void Says_who_may_use_a_name(string name, string expected) =>
        Assert.Equal(expected, Assert.Single(Read(Policy).Claimed(name)).Targets.ToString());

    [Theory]
    [InlineData("Claude", "'Claude' has no equals sign")]
    [InlineData("= claude.ai", "The reserved name '' has no letter or digit")]
    [InlineData("\u2605\u200b = star.example", "The reserved name '??' has no letter or digit")]
    [InlineData("Claude = claude.ai; C1AUDE =", "The reserved name 'C1AUDE' looks like 'Claude'")]
    [InlineData("Claude = *.com", "The reserved name 'Claude': '*.com' is a wildcard directly under a public suffix")]
    [InlineData("Claude = claude.ai = x", "The reserved name 'Claude': '=' is not a host")]
    [InlineData("Claude = javascript:", "The reserved name 'Claude': 'javascript:' is not a private-use scheme")]
    [InlineData("Claude = https:", "The reserved name 'Claude': 'https:' is not a private-use scheme")]
    [InlineData("Claude = ::", "The reserved name 'Claude': '::' is not an IP address")]
    public void Says_what_is_wrong(string policy, string expected)
    {
        var faults = new List<string>();
        ReservedNames.Parse(policy, faults);
        Assert.StartsWith(expected, Assert.Single(faults), StringComparison.Ordinal);
        PlainAscii.Check(faults[0]);
    }

    /// <summary>A Greek word in capitals has other looks than in small letters; both are the name.</summary>
    [Fact]
    public void Knows_a_name_by_its_small_letters_too() =>
        Assert.Single(Read("\u039d\u03af\u03ba\u03b7 =").Claimed("\u039d\u0399\u039a\u0397"));

    private static IEnumerable<string> Names(string clientName) => Read(Policy).Claimed(clientName).Select(reserved => reserved.Name);

    private static ReservedNames Read(string policy)
    {
        var faults = new List<string>();
        var reserved = ReservedNames.Parse(policy, faults);
        Assert.Equal([], faults);
        return reserved;
    }
}
