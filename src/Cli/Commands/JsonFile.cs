using System.Text.Json.Nodes;
using GrpcDcr.Cli.Output;

namespace GrpcDcr.Cli.Commands;

/// <summary>Documents that a command is given.</summary>
internal static class JsonFile
{
    /// <param name="path">A file, or <c>-</c> for standard input.</param>
    /// <param name="stop">Stops the command.</param>
    /// <exception cref="CommandFault">It cannot be read, or is no JSON object, or has a member twice.</exception>
    public static async Task<JsonObject> ReadAsync(string path, CancellationToken stop)
    {
        try
        {
            var text = path == "-" ? await Console.In.ReadToEndAsync(stop) : await File.ReadAllTextAsync(path, stop);
            return JsonText.ParseObject(text)
                ?? throw CommandFault.Usage($"{(path == "-" ? "Standard input" : path)} is not a JSON object, or has a member twice.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CommandFault.Usage($"{path} cannot be read: {e.Message}");
        }
    }
}
