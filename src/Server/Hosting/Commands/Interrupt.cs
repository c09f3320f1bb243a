namespace GrpcDcr.Server.Hosting.Commands;

/// <summary>Turns Ctrl-C into a cancellation, so that a command ends cleanly.</summary>
internal sealed class Interrupt : IDisposable
{
    private readonly CancellationTokenSource _pressed = new();

    public Interrupt() => Console.CancelKeyPress += OnPressed;

    public CancellationToken Token => _pressed.Token;

    public void Dispose()
    {
        Console.CancelKeyPress -= OnPressed;
        _pressed.Dispose();
    }

    private void OnPressed(object? sender, ConsoleCancelEventArgs pressed)
    {
        pressed.Cancel = true;
        _pressed.Cancel();
    }
}
