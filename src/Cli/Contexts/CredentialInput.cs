using System.Text;

namespace GrpcDcr.Cli.Contexts;

/// <summary>
/// Reads a credential from a file, standard input or the terminal. Never from an argument, which every user of a machine sees.
/// </summary>
internal static class CredentialInput
{
    private const int Longest = 64 * 1024;

    /// <param name="path">A file, or <c>-</c> for standard input.</param>
    public static string FromFile(string path)
    {
        try
        {
            using var reader = path == "-" ? Console.In : new StreamReader(path);
            return Checked(Start(reader), path == "-" ? "Standard input" : path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CommandFault.Usage($"{path} cannot be read: {e.Message}");
        }
    }

    /// <summary>The value of an environment variable; null if it is not set or empty.</summary>
    public static string? FromEnvironment(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? Checked(value, name) : null;

    /// <summary>Asks at the terminal without showing what is typed; reads standard input where that is no terminal.</summary>
    public static string Ask(string prompt)
    {
        if (Console.IsInputRedirected)
        {
            return FromFile("-");
        }

        Console.Error.Write(prompt);
        var typed = new StringBuilder();
        for (var key = Console.ReadKey(intercept: true); key.Key != ConsoleKey.Enter; key = Console.ReadKey(intercept: true))
        {
            if (key.Key == ConsoleKey.Backspace)
            {
                typed.Length = Math.Max(0, typed.Length - 1);
            }
            else
            {
                typed.Append(key.KeyChar);
            }
        }

        Console.Error.WriteLine();
        return Checked(typed.ToString(), "What was typed");
    }

    private static string Start(TextReader reader)
    {
        var buffer = new char[Longest + 1];
        return new string(buffer, 0, reader.ReadBlock(buffer, 0, buffer.Length));
    }

    private static string Checked(string text, string source)
    {
        var credential = text.Trim();
        return credential.Length switch
        {
            0 => throw CommandFault.Usage($"{source} has no token."),
            > Longest => throw CommandFault.Usage($"{source} is too long for a token."),
            _ when credential.All(c => c is > ' ' and < '\x7f') => credential,
            _ => throw CommandFault.Usage($"{source} has a space, a line break or another character that a token cannot have."),
        };
    }
}
