using System.IO.Pipelines;
using GrpcDcr.Server.Endpoints.Http;
using GrpcDcr.Server.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace GrpcDcr.Server.Tests.Endpoints.Http;

/// <summary>A body of which the server has found that it is none, before anybody read it.</summary>
public sealed class RegistrationBodyTests
{
    [Theory]
    [InlineData(StatusCodes.Status400BadRequest, typeof(RegistrationFault.MalformedRequest))]
    [InlineData(StatusCodes.Status413PayloadTooLarge, typeof(RegistrationFault.BodyTooLarge))]
    public async Task Is_refused_however_it_is_read(int status, Type fault)
    {
        var refusedAtOnce = Assert.Throws<RegistrationRefusedException>(() => RegistrationBody.ReadArrived(Request(status)));
        var refused = await Assert.ThrowsAsync<RegistrationRefusedException>(
            async () => await RegistrationBody.ReadAsync(Request(status), CancellationToken.None));

        Assert.IsType(fault, refusedAtOnce.Fault);
        Assert.IsType(fault, refused.Fault);
    }

    private static HttpRequest Request(int status)
    {
        var pipe = new Pipe();
        pipe.Writer.Complete(new BadHttpRequestException("What Kestrel found.", status));
        var http = new DefaultHttpContext();
        http.Request.ContentLength = 100;
        http.Features.Set<IRequestBodyPipeFeature>(new Arrived(pipe.Reader));
        http.Request.Body = pipe.Reader.AsStream();
        return http.Request;
    }

    private sealed record Arrived(PipeReader Reader) : IRequestBodyPipeFeature;
}
