using System.Buffers;
using System.IO.Pipelines;
using GrpcDcr.Server.Errors;
using Microsoft.Net.Http.Headers;

namespace GrpcDcr.Server.Endpoints.Http;

/// <summary>The body of a registration: uncompressed JSON in UTF-8 (RFC 7591 section 3.1) with a maximum size.</summary>
internal static class RegistrationBody
{
    /// <summary>Bytes. Real clients send less than 2 KiB; a JWK Set with certificates stays below 16 KiB.</summary>
    public const int Limit = 64 * 1024;

    /// <summary>A charset means nothing for JSON (RFC 8259 section 11); whoever reads the body checks that it is UTF-8.</summary>
    /// <exception cref="RegistrationRefusedException">The media type or content encoding is wrong.</exception>
    public static void RequireJson(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase))
        {
            throw Refused("The Content-Type must be application/json.");
        }

        if (request.Headers.ContentEncoding.Any(encoding => !string.IsNullOrEmpty(encoding)
            && !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase)))
        {
            throw Refused("The Content-Encoding must be absent or identity.");
        }
    }

    /// <exception cref="RegistrationRefusedException">Its content length is above <see cref="Limit"/>.</exception>
    public static void RequireSize(HttpRequest request)
    {
        if (request.ContentLength > Limit)
        {
            throw TooLarge();
        }
    }

    /// <summary>The body, if all of it has arrived with the headers, as it mostly does; <see langword="null"/> if not.</summary>
    /// <exception cref="RegistrationRefusedException">Larger than <see cref="Limit"/>, or incomplete.</exception>
    public static PooledBuffer? ReadArrived(HttpRequest request)
    {
        RequireSize(request);
        var reader = request.BodyReader;
        ReadResult arrived;
        try
        {
            if (request.ContentLength is null || !reader.TryRead(out arrived))
            {
                return null;
            }
        }
        catch (BadHttpRequestException bad) when (IsAboutContent(bad))
        {
            throw Refused(bad);
        }

        if (!arrived.IsCompleted || arrived.IsCanceled)
        {
            reader.AdvanceTo(arrived.Buffer.Start);
            return null;
        }

        var body = new PooledBuffer((int)arrived.Buffer.Length);
        arrived.Buffer.CopyTo(body.Free().Span);
        body.Advance((int)arrived.Buffer.Length);
        reader.AdvanceTo(arrived.Buffer.End);
        return body;
    }

    /// <exception cref="RegistrationRefusedException">Larger than <see cref="Limit"/>, or incomplete.</exception>
    public static async ValueTask<PooledBuffer> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        RequireSize(request);
        var body = new PooledBuffer((int)(request.ContentLength ?? 4096) + 1);
        try
        {
            int read;
            while ((read = await request.Body.ReadAsync(body.Free(), cancellationToken)) > 0)
            {
                body.Advance(read);
                if (body.WrittenMemory.Length > Limit)
                {
                    throw TooLarge();
                }
            }

            return body;
        }
        catch (BadHttpRequestException bad) when (IsAboutContent(bad))
        {
            body.Dispose();
            throw Refused(bad);
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    /// <summary>A body that is late is the matter of <see cref="BodyTimeLimit"/>.</summary>
    private static bool IsAboutContent(BadHttpRequestException bad) => bad.StatusCode != StatusCodes.Status408RequestTimeout;

    private static RegistrationRefusedException Refused(BadHttpRequestException bad) =>
        bad.StatusCode == StatusCodes.Status413PayloadTooLarge
            ? TooLarge()
            : new RegistrationRefusedException(new RegistrationFault.MalformedRequest("The body ended before it was complete."));

    private static RegistrationRefusedException Refused(string problem) => new(new RegistrationFault.UnsupportedMediaType(problem));

    private static RegistrationRefusedException TooLarge() => new(new RegistrationFault.BodyTooLarge(Limit));
}

/// <summary>A growing buffer of the shared pool.</summary>
internal sealed class PooledBuffer(int capacity) : IDisposable
{
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(capacity);
    private int _count;

    public ReadOnlyMemory<byte> WrittenMemory => _bytes.AsMemory(0, _count);

    /// <summary>Free memory to write to; never empty.</summary>
    public Memory<byte> Free()
    {
        if (_count == _bytes.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(_bytes.Length * 2);
            WrittenMemory.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = larger;
        }

        return _bytes.AsMemory(_count);
    }

    public void Advance(int written) => _count += written;

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
        _count = 0;
    }
}
