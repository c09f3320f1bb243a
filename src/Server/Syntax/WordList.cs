namespace GrpcDcr.Server.Syntax;

/// <summary>Settings that are lists in one string.</summary>
internal static class WordList
{
    /// <summary>The values of a list separated by white space.</summary>
    public static string[] Words(string? list) =>
        (list ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>The values of a list separated by commas: for values that contain spaces.</summary>
    public static string[] Entries(string? list) =>
        (list ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
