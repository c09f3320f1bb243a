namespace GrpcDcr.Cli.Output;

/// <summary>Colours of words that say how something fares.</summary>
internal static class Colors
{
    private const string Green = "\e[32m";
    private const string Yellow = "\e[33m";
    private const string Red = "\e[31m";
    private const string Reset = "\e[0m";

    public static string Of(string word, bool color) => (color ? CodeOf(word) : null) is { } code ? $"{code}{word}{Reset}" : word;

    private static string? CodeOf(string word) => word switch
    {
        "ACTIVE" => Green,
        "PENDING" or "ACTIVE*" or "HOLD" => Yellow,
        "SUSPENDED" or "SUSPENDED*" or "REJECTED" or "REFUSE" => Red,
        _ => null,
    };
}
