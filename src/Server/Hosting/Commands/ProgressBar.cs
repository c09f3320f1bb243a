using System.Globalization;

namespace GrpcDcr.Server.Hosting.Commands;

/// <summary>Shows how far a long command is: a bar on a terminal, and a line now and then elsewhere.</summary>
/// <param name="output">Where.</param>
/// <param name="isTerminal">Whether a line can be written over.</param>
/// <param name="total">What there is to do; may be a little wrong while the store is in use.</param>
/// <param name="time">Paces the bar.</param>
internal sealed class ProgressBar(TextWriter output, bool isTerminal, long total, TimeProvider time)
{
    private const int Width = 40;
    private const int LinesBetween = 50_000;

    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    private long _shown;
    private long _shownAt;

    /// <param name="done">How many of them are done.</param>
    public void Report(long done)
    {
        if (isTerminal)
        {
            Draw(done);
        }
        else if (done / LinesBetween > _shown / LinesBetween)
        {
            output.WriteLine($"{Text(done)} of {Text(total)} lines");
            _shown = done;
        }
    }

    /// <summary>Ends the line of the bar.</summary>
    public void End()
    {
        if (isTerminal && _shownAt > 0)
        {
            Write(total);
            output.WriteLine();
        }
    }

    private void Draw(long done)
    {
        if (_shownAt == 0 || time.GetElapsedTime(_shownAt) >= Pace)
        {
            Write(done);
            _shownAt = time.GetTimestamp();
        }
    }

    private void Write(long done)
    {
        var part = total == 0 ? 1 : Math.Clamp((double)done / total, 0, 1);
        var filled = (int)(part * Width);
        output.Write($"\r[{new string('#', filled)}{new string('.', Width - filled)}] {(int)(part * 100),3} % of {Text(total)} lines");
    }

    private static string Text(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
