namespace GrpcDcr.Cli.Output;

/// <summary>A bar on standard error while a command works, where that is a terminal. It goes away in the end.</summary>
internal sealed class Progress(int total, bool quiet) : IDisposable
{
    private const int Width = 40;

    private readonly bool _isShown = !quiet && total > 0 && !Console.IsErrorRedirected;

    private string _line = "";

    public void Report(int done)
    {
        if (_isShown)
        {
            var filled = Math.Min(Width, (int)((long)done * Width / total));
            Write($"[{new string('#', filled)}{new string('.', Width - filled)}] {done} of {total}");
        }
    }

    public void Dispose()
    {
        if (_line.Length > 0)
        {
            Write("");
            Console.Error.Write('\r');
        }
    }

    private void Write(string line)
    {
        Console.Error.Write($"\r{line.PadRight(_line.Length)}");
        _line = line;
    }
}
