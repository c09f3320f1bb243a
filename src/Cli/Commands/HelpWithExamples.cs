using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace GrpcDcr.Cli.Commands;

/// <summary>The usual help, and examples.</summary>
internal sealed class HelpWithExamples(HelpAction usual) : SynchronousCommandLineAction
{
    private static readonly Dictionary<string, string[]> Examples = new(StringComparer.Ordinal)
    {
        [CommandTree.Name] =
        [
            "grpcdcr login --address https://dcr.example:8082 --token-file admin.token",
            "grpcdcr clients list --awaiting-approval",
        ],
        ["login"] = ["grpcdcr login --context staging --address https://dcr.staging.example:8082 --token-file admin.token"],
        ["list"] =
        [
            "grpcdcr clients list --state pending --issued-after 7d --order oldest_first",
            "grpcdcr clients list --redirect-host app.example --quiet",
            "grpcdcr audit list --type client_approved --since 12h --output jsonl",
        ],
        ["approve"] = ["grpcdcr clients approve CLIENT_ID --reason known", "grpcdcr clients approve CLIENT_ID --etag v3 --yes"],
        ["reject"] = ["grpcdcr clients reject --source-network 203.0.113.0/24 --reason flood --expected-count 57 --yes"],
        ["annotate"] = ["grpcdcr clients annotate CLIENT_ID --set team=billing --remove ticket"],
        ["note"] = ["grpcdcr clients note CLIENT_ID suspicious", "grpcdcr clients note CLIENT_ID -"],
        ["suspend"] = ["grpcdcr clients suspend CLIENT_ID --reason phishing --block redirect_host --yes"],
        ["rotate-secret"] = ["grpcdcr clients rotate-secret CLIENT_ID --reason leaked --secret-file new.secret --yes"],
        ["issue"] = ["grpcdcr tokens issue --label partner --ttl 7d --redirect-host *.partner.example --secret-file new.token"],
        ["follow"] = ["grpcdcr audit follow --type registration_refused --output jsonl"],
        ["create"] =
        [
            "grpcdcr clients create client.json --owner Partner --secret-file client.secret --registration-token-file client.token",
            "grpcdcr blocks create redirect_host *.evil.example --reason phishing --for 30d",
        ],
        ["preview"] = ["grpcdcr preview client.json", "grpcdcr preview - --output json"],
        ["register"] = ["grpcdcr register client.json --issuer https://as.example --secret-file client.secret"],
        ["update"] = ["grpcdcr update CLIENT_ID client.json", "grpcdcr clients update CLIENT_ID changes.json --reason ticket"],
    };

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var exitCode = usual.Invoke(parseResult);
        var command = parseResult.CommandResult.Command;
        var name = command is RootCommand ? CommandTree.Name : command.Name;
        var start = parseResult.CommandResult.Parent is CommandResult { Command: not RootCommand } parent
            ? $"{CommandTree.Name} {parent.Command.Name} {name} "
            : command is RootCommand ? "" : $"{CommandTree.Name} {name} ";
        List<string> lines = [.. Examples.GetValueOrDefault(name, []).Where(line => line.StartsWith(start, StringComparison.Ordinal))];
        if (lines.Count > 0)
        {
            parseResult.InvocationConfiguration.Output.WriteLine($"Examples:\n  {string.Join("\n  ", lines)}\n");
        }

        return exitCode;
    }
}
