using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using Google.Protobuf;
using GrpcDcr.Server.Endpoints.Errors;
using GrpcDcr.Server.Errors;

namespace GrpcDcr.Server.Endpoints.Http;

/// <summary>
/// A native gRPC method with one request message. gRPC answers a message that it cannot read with UNKNOWN and logs a stack, before any
/// interceptor runs: here such a message is refused before gRPC sees it. A message that can be read is left for gRPC to read.
/// </summary>
/// <param name="request">The type of the request message.</param>
internal sealed class NativeMessage(Type request)
{
    /// <summary>The maximum size of a message in bytes. Below the limit of the connection, so that callers get a gRPC status.</summary>
    public const int MaxMessageSize = 60 * 1024;

    /// <summary>Of the gRPC protocol: one byte that says whether the message is compressed, and four bytes of length.</summary>
    private const int PrefixSize = 5;

    private readonly MessageParser _parser = ((IMessage)Activator.CreateInstance(request)!).Descriptor.Parser;

    /// <param name="http">An authorized call.</param>
    /// <param name="call">The method.</param>
    public Task InvokeAsync(HttpContext http, RequestDelegate call)
    {
        // gRPC refuses what is no gRPC.
        var isGrpc = http.Request.ContentType?.StartsWith("application/grpc", StringComparison.Ordinal) == true;
        return !isGrpc || HasArrivedWellFormed(http.Request) ? call(http) : CheckAndInvokeAsync(http, call);
    }

    private async Task CheckAndInvokeAsync(HttpContext http, RequestDelegate call)
    {
        try
        {
            await http.RequestServices.GetRequiredService<BodyTimeLimit>().ReadAsync(http, token => CheckAsync(http.Request, token));
        }
        catch (RegistrationRefusedException refused)
        {
            GrpcDenial.Write(http, refused.Fault);
            return;
        }
        catch (Exception) when (http.RequestAborted.IsCancellationRequested)
        {
            return;
        }

        await call(http);
    }

    /// <summary>Most messages arrive with the headers, so that there is nothing to wait for. The message stays in the reader.</summary>
    private bool HasArrivedWellFormed(HttpRequest request)
    {
        ReadResult read;
        try
        {
            if (!request.BodyReader.TryRead(out read))
            {
                return false;
            }
        }
        catch (IOException)
        {
            // The caller has gone, or the body is too large: reading it again says which.
            return false;
        }

        var isWellFormed = read is { IsCompleted: true, IsCanceled: false }
            && read.Buffer.Length <= MaxMessageSize + PrefixSize
            && IsWellFormed(read.Buffer, isEncoded: request.Headers.ContainsKey("grpc-encoding"));
        request.BodyReader.AdvanceTo(read.Buffer.Start);
        return isWellFormed;
    }

    /// <summary>Waits for the whole message, checks it and leaves it in the reader.</summary>
    private async ValueTask<bool> CheckAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                var read = await request.BodyReader.ReadAsync(cancellationToken);
                if (read.Buffer.Length > MaxMessageSize + PrefixSize)
                {
                    throw Refused(new RegistrationFault.BodyTooLarge(MaxMessageSize));
                }

                if (read.IsCompleted)
                {
                    var isWellFormed = IsWellFormed(read.Buffer, isEncoded: request.Headers.ContainsKey("grpc-encoding"));
                    request.BodyReader.AdvanceTo(read.Buffer.Start);
                    return isWellFormed ? true : throw Malformed();
                }

                request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            }
        }
        catch (BadHttpRequestException bad) when (bad.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw Refused(new RegistrationFault.BodyTooLarge(MaxMessageSize));
        }
    }

    private bool IsWellFormed(ReadOnlySequence<byte> received, bool isEncoded)
    {
        if (received.Length < PrefixSize)
        {
            return false;
        }

        Span<byte> prefix = stackalloc byte[PrefixSize];
        received.Slice(0, PrefixSize).CopyTo(prefix);
        var message = received.Slice(PrefixSize);
        var isCompressed = prefix[0] != 0;

        // gRPC refuses compressed messages.
        return BinaryPrimitives.ReadUInt32BigEndian(prefix[1..]) == message.Length
            && (isCompressed ? isEncoded : CanBeParsed(message));
    }

    private bool CanBeParsed(ReadOnlySequence<byte> message)
    {
        try
        {
            _parser.ParseFrom(message);
            return true;
        }
        catch (InvalidProtocolBufferException)
        {
            return false;
        }
    }

    private RegistrationRefusedException Malformed() =>
        Refused(new RegistrationFault.MalformedRequest($"The message is not a well-formed {request.Name}."));

    private static RegistrationRefusedException Refused(RegistrationFault fault) => new(fault);
}
