using GrpcDcr.Server.Hosting;
using GrpcDcr.Server.Hosting.Settings;
using GrpcDcr.Server.Storage;
using Microsoft.AspNetCore.Connections;

try
{
    await using var app = ServerApplication.Build(args);
    await app.RunAsync();
    return 0;
}
catch (Exception e) when (e is SettingsException or StorageException or { InnerException: AddressInUseException })
{
    // What is wrong and what to do is in the message; a stack would only bury it.
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}
