using GrpcDcr.Server.Hosting.Commands;
using Microsoft.Extensions.Time.Testing;

namespace GrpcDcr.Server.Tests.Hosting.Commands;

public sealed class ProgressBarTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly StringWriter _output = new() { NewLine = "\n" };

    public void Dispose() => _output.Dispose();

    [Fact]
    public void Is_drawn_over_itself_on_a_terminal_ten_times_a_second()
    {
        var bar = new ProgressBar(_output, isTerminal: true, total: 2000, _time);

        bar.Report(1);
        bar.Report(2);
        _time.Advance(TimeSpan.FromMilliseconds(100));
        bar.Report(500);
        bar.End();

        Assert.Equal(
            $"\r[{new string('.', 40)}]   0 % of 2,000 lines"
            + $"\r[{new string('#', 10)}{new string('.', 30)}]  25 % of 2,000 lines"
            + $"\r[{new string('#', 40)}] 100 % of 2,000 lines\n",
            _output.ToString());
    }

    [Fact]
    public void Is_a_plain_line_now_and_then_elsewhere()
    {
        var bar = new ProgressBar(_output, isTerminal: false, total: 120_000, _time);

        foreach (var done in new[] { 512, 49_999, 50_001, 60_000, 99_999, 100_000, 120_000 })
        {
            bar.Report(done);
        }

        bar.End();

        Assert.Equal("50,001 of 120,000 lines\n100,000 of 120,000 lines\n", _output.ToString());
    }

    [Fact]
    public void Stays_within_its_frame_where_there_is_more_or_nothing_to_do()
    {
        new ProgressBar(_output, isTerminal: true, total: 10, _time).Report(11);
        new ProgressBar(_output, isTerminal: true, total: 0, _time).Report(0);
        new ProgressBar(_output, isTerminal: true, total: 0, _time).End();

        Assert.Equal(
            $"\r[{new string('#', 40)}] 100 % of 10 lines\r[{new string('#', 40)}] 100 % of 0 lines", _output.ToString());
    }
}
