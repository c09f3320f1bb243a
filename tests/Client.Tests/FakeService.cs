using System.Buffers.Binary;
using System.Collections.Concurrent;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace GrpcDcr.Client.Tests;

/// <summary>A gRPC server on a loopback socket that answers what a test says, so that errors and retries use a real connection.</summary>
internal sealed class FakeService : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Func<ReceivedCall, Answer?> _answer;

    private FakeService(WebApplication app, Func<ReceivedCall, Answer?> answer) => (_app, _answer) = (app, answer);

    /// <summary>Every call that arrived, retries included.</summary>
    public ConcurrentQueue<ReceivedCall> Calls { get; } = new();

    public Uri Address => new(_app.Urls.Single());

    /// <param name="answer">Answers a call; null never answers it.</param>
    public static async Task<FakeService> StartAsync(Func<ReceivedCall, Answer?> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(System.Net.IPAddress.Loopback, 0, listener => listener.Protocols = HttpProtocols.Http2));
        var service = new FakeService(builder.Build(), answer);
        service._app.Run(service.ServeAsync);
        await service._app.StartAsync();
        return service;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    /// <summary>The gRPC framing: a flag, four bytes of length, the message; the status in trailers.</summary>
    private async Task ServeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var headers = context.Request.Headers;
        var call = new ReceivedCall(
            context.Request.Path.Value!, (string?)headers.Authorization, (string?)headers["grpc-timeout"], body.ToArray()[5..]);
        Calls.Enqueue(call);

        if (_answer(call) is not { } given)
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            return;
        }

        context.Response.ContentType = "application/grpc";
        if (given.Message is { } message)
        {
            await context.Response.Body.WriteAsync(Framed(message.ToByteArray()));
        }
        End(context.Response, given);
    }

    /// <summary>With a message the status follows it in trailers; without one it is all there is, and stands in the headers.</summary>
    private static void End(HttpResponse response, Answer given)
    {
        Action<string, string> set = given.Message is null
            ? (name, value) => response.Headers[name] = value
            : (name, value) => response.AppendTrailer(name, value);
        set("grpc-status", ((int)given.Status).ToString(System.Globalization.CultureInfo.InvariantCulture));
        set("grpc-message", given.Detail);
        if (given.Details is { } details)
        {
            set("grpc-status-details-bin", Convert.ToBase64String(details.ToByteArray()));
        }
        if (given.RetryAfter is { } seconds)
        {
            set("retry-after", seconds);
        }
    }

    private static byte[] Framed(byte[] message)
    {
        var frame = new byte[5 + message.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), message.Length);
        message.CopyTo(frame, 5);
        return frame;
    }
}

/// <summary>A call as it arrived: <c>/grpcdcr.directory.v1.ClientDirectory/GetClient</c>, two of its headers, its message.</summary>
internal sealed record ReceivedCall(string Path, string? Authorization, string? Timeout, byte[] Message);

/// <summary>How the fake service ends a call.</summary>
internal sealed record Answer(
    IMessage? Message = null, StatusCode Status = StatusCode.OK, string Detail = "", Google.Rpc.Status? Details = null,
    string? RetryAfter = null);
