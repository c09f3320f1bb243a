using GrpcDcr.Server.Hosting;
using GrpcDcr.Server.Hosting.Commands;
using GrpcDcr.Server.Hosting.Settings;
using GrpcDcr.Server.Storage;
using GrpcDcr.Server.Storage.Transfer;
using Microsoft.AspNetCore.Connections;

try
{
    if (StoreCommand.Read(args) is { } command)
    {
        using var interrupt = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = true;
            interrupt.Cancel();
        };
        await command.RunAsync(Console.Out, interrupt.Token);
        return 0;
    }

    await using var app = ServerApplication.Build(args);
    await app.RunAsync();
    return 0;
}
catch (Exception e) when (e is SettingsException or StorageException or ArchiveException or OperationCanceledException or { InnerException: AddressInUseException })
{
    // What is wrong and what to do is in the message; a stack would only bury it.
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}
