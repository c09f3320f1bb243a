using System.Text;

namespace GrpcDcr.Cli.Contexts;

/// <summary>A new file for a credential that will be issued. It goes away again if none was.</summary>
internal sealed class CredentialFile : IAsyncDisposable
{
    private readonly FileStream _file;

    private bool _isWritten;

    private CredentialFile(FileStream file) => _file = file;

    /// <param name="path">A file that does not exist. Null for none.</param>
    /// <exception cref="CommandFault">It exists, or cannot be made.</exception>
    public static CredentialFile? Open(string? path) => path is null ? null : new(PrivateFile.Create(path));

    public async Task WriteAsync(string credential, CancellationToken stop)
    {
        await _file.WriteAsync(Encoding.UTF8.GetBytes($"{credential}\n"), stop);
        await _file.FlushAsync(stop);
        _isWritten = true;
    }

    public async ValueTask DisposeAsync()
    {
        await _file.DisposeAsync();
        if (!_isWritten)
        {
            File.Delete(_file.Name);
        }
    }
}
