using System.CommandLine;
using GrpcDcr.Cli.Contexts;
using GrpcDcr.Cli.Output;

namespace GrpcDcr.Cli.Commands;

/// <summary>Options that every command has.</summary>
internal static class GlobalOptions
{
    public const string ContextVariable = "GRPCDCR_CONTEXT";
    public const string TokenVariable = "GRPCDCR_TOKEN";

    public static readonly Option<string> Context = new("--context")
    {
        Description = $"The context to use. Default: {ContextVariable}, else the current one.",
        HelpName = "NAME",
        Recursive = true,
    };

    public static readonly Option<string> Address = new("--address")
    {
        Description = $"The admin listener. Default: that of the context, else {ServiceAddress.Default}.",
        HelpName = "URL",
        Recursive = true,
    };

    public static readonly Option<string> TokenFile = new("--token-file")
    {
        Description = $"A file with the token; - is standard input. Default: {TokenVariable}, else the token of the context.",
        HelpName = "FILE",
        Recursive = true,
    };

    public static readonly Option<bool> AllowPlainHttp = new("--allow-plain-http")
    {
        Description = "Send credentials over plain http to another machine, on a network that is encrypted itself.",
        Recursive = true,
    };

    public static readonly Option<string> Output = new Option<string>("--output", "-o")
    {
        Description = "table for people, json for one document, jsonl for one object a line. Default: table.",
        HelpName = "FORMAT",
        Recursive = true,
    }.AcceptOnlyFromAmong("table", "json", "jsonl");

    public static readonly Option<bool> Quiet = new("--quiet", "-q")
    {
        Description = "Write identifiers only.",
        Recursive = true,
    };

    public static readonly Option<bool> NoColor = new("--no-color")
    {
        Description = "Write no colours, as NO_COLOR=1 does.",
        Recursive = true,
    };

    public static IEnumerable<Option> All => [Context, Address, TokenFile, AllowPlainHttp, Output, Quiet, NoColor];

    public static OutputFormat Format(ParseResult parsed) => parsed.GetValue(Output) switch
    {
        null or "table" => OutputFormat.Table,
        "json" => OutputFormat.Json,
        "jsonl" => OutputFormat.Jsonl,
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
