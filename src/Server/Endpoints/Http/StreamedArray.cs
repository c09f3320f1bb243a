using GrpcDcr.Server.Errors;

namespace GrpcDcr.Server.Endpoints.Http;

/// <summary>
/// Makes one JSON array of the messages of a stream, which transcoding writes each on a line of its own, and sends each message when its
/// line ends. A fault is not sent: until the first message, the profile answers with it; afterwards the array stays without its end.
/// </summary>
internal sealed class StreamedArray(HttpContext http) : MemoryStream
{
    private const byte LineBreak = (byte)'\n';

    private readonly Stream _body = http.Response.Body;

    private bool IsRefused =>
        http.Features.Get<RegistrationFault>() is not null || http.Response.StatusCode != StatusCodes.Status200OK;

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        if (!buffer.IsEmpty && buffer.Span[^1] == LineBreak && !IsRefused)
        {
            await SendAsync(http.Response.HasStarted ? (byte)',' : (byte)'[', Length - 1, cancellationToken);
        }
    }

    /// <summary>Ends the array, or the connection if the array is not complete.</summary>
    public async Task CompleteAsync()
    {
        if (IsRefused)
        {
            http.Abort();
        }
        else
        {
            Write("]"u8);
            await SendAsync(http.Response.HasStarted ? null : (byte)'[', Length, http.RequestAborted);
        }
    }

    private async Task SendAsync(byte? first, long length, CancellationToken cancellationToken)
    {
        byte[] part = [.. first is { } mark ? [mark] : Array.Empty<byte>(), .. GetBuffer().AsSpan(0, (int)length)];
        SetLength(0);
        await _body.WriteAsync(part, cancellationToken);
        await _body.FlushAsync(cancellationToken);
    }
}
