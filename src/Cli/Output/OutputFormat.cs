namespace GrpcDcr.Cli.Output;

/// <summary>How results are written.</summary>
internal enum OutputFormat
{
    /// <summary>For people. Its form may change.</summary>
    Table,

    /// <summary>One JSON document, as the API has it.</summary>
    Json,

    /// <summary>One JSON object a line.</summary>
    Jsonl,
}
