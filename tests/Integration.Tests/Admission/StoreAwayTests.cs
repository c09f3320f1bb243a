
using System.Net;
using GrpcDcr.Server.Storage;
using GrpcDcr.TestKit.Service;
using Microsoft.Extensions.DependencyInjection;

namespace GrpcDcr.Integration.Tests.Admission;

/// <summary>A store that cannot be asked is no failure of the service: callers are put off, at the gate as behind it.</summary>
public sealed class StoreAwayTests
{
    [Fact]
    public async Task Callers_are_put_off_while_the_store_is_away()
    {
        await using var server = await RunningServer.StartAsync();
        var client = await OwnRecord.RegisterAsync(server);
        await server.Services.GetRequiredService<IRegistrationStore>().DisposeAsync();

        foreach (var answer in new[]
        {
            await client.ReadAsync(), await client.UpdateAsync(
                "\"client_name\":\"b\""), await client.DeleteAsync(), await server.RegisterAsync(Bodies.Smallest),
        })
        {
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "temporarily_unavailable"), (answer.Status, answer.Error));
            Assert.Equal("application/json", answer.ContentHeaders.ContentType?.MediaType);
            Assert.NotEmpty(answer.Description!);
            Assert.NotNull(answer.Headers.RetryAfter?.Delta);
        }
    }
}
