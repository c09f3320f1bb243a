using BenchmarkDotNet.Attributes;
using GrpcDcr.Server.Policy.Hosts;
using GrpcDcr.Server.Policy.Names;

namespace GrpcDcr.Bench.Micro;

/// <summary>What the reserved names and host patterns of a policy cost for one client name and one host.</summary>
[MemoryDiagnoser]
public class NamesBench
{
    private readonly ReservedNames _names = ReservedNames.Parse(
        "Claude = claude.ai *.claude.com; ChatGPT = chatgpt.com; VS Code = vscode.dev vscode:; Cursor = cursor: cursor.com; My Bank =", []);

    private readonly HostPatterns _hosts =
        HostPatterns.Parse(["claude.ai", "*.claude.com", "chatgpt.com", "vscode.dev", "localhost", "127.0.0.1"], []);
    private readonly string _longest = string.Concat(Enumerable.Repeat("aB\u0421\u03bd", 64));

    [Benchmark]
    public int Claimed_by_no_one() => _names.Claimed("MCP Inspector (work laptop)").Count;

    [Benchmark]
    public int Claimed_by_a_look_alike() => _names.Claimed("\u0421laude Desktop").Count;

    /// <summary>256 characters, a word each, none of them ASCII half of the time.</summary>
    [Benchmark]
    public int Claimed_longest() => _names.Claimed(_longest).Count;

    [Benchmark]
    public bool Host_below_a_wildcard() => _hosts.Match("api.claude.com");
}
