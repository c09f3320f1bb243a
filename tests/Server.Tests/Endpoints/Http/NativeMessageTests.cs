using System.IO.Pipelines;
using GrpcDcr.Directory.V1;
using GrpcDcr.Server.Endpoints.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace GrpcDcr.Server.Tests.Endpoints.Http;

/// <summary>A call whose caller has gone before anybody read its message.</summary>
public sealed class NativeMessageTests
{
    [Fact]
    public async Task Is_not_made_and_does_not_fail()
    {
        var pipe = new Pipe();
        pipe.Writer.Complete(new IOException("What Kestrel found."));
        var http = new DefaultHttpContext
        {
            RequestServices = new ServiceCollection()
                .AddSingleton(new BodyTimeLimit(new RequestOptions(), TimeProvider.System))
                .BuildServiceProvider(),
            RequestAborted = new CancellationToken(canceled: true),
        };
        http.Request.ContentType = "application/grpc";
        http.Features.Set<IRequestBodyPipeFeature>(new Arrived(pipe.Reader));

        await new NativeMessage(typeof(GetClientRequest)).InvokeAsync(http, _ => throw new InvalidOperationException("It was made."));
    }

    private sealed record Arrived(PipeReader Reader) : IRequestBodyPipeFeature;
}
