using System.Text.Json;
using GrpcDcr.Bench.Floors;
using Microsoft.AspNetCore.Server.Kestrel.Core;

var builder = WebApplication.CreateSlimBuilder(args);
builder.WebHost.ConfigureKestrel(kestrel =>
{
    kestrel.ListenLocalhost(builder.Configuration.GetValue("HttpPort", 0));
    kestrel.ListenLocalhost(builder.Configuration.GetValue("GrpcPort", 0), listen => listen.Protocols = HttpProtocols.Http2);
});
builder.Services.AddGrpc();

var answer = new byte[builder.Configuration.GetValue("ReplyBytes", 1024)];
answer.AsSpan().Fill((byte)' ');
"{}"u8.CopyTo(answer);

var app = builder.Build();
app.MapGrpcService<EchoService>();
app.MapPost("/oauth/register", async http =>
{
    var sent = await JsonSerializer.DeserializeAsync(http.Request.Body, RegistrationJson.Default.SentMetadata, http.RequestAborted);
    http.Response.StatusCode = sent!.RedirectUris.Count > 0 ? StatusCodes.Status201Created : StatusCodes.Status400BadRequest;
    http.Response.ContentType = "application/json";
    http.Response.ContentLength = answer.Length;
    await http.Response.Body.WriteAsync(answer, http.RequestAborted);
});
await app.RunAsync();
