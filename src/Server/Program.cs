using System.Collections;
using GrpcDcr.Server.Endpoints.Http;
using GrpcDcr.Server.Hosting.Commands;
using GrpcDcr.Server.Hosting.Commands.Doctor;
using GrpcDcr.Server.Hosting.Settings;
using GrpcDcr.Server.Storage;
using GrpcDcr.Server.Storage.Transfer;

const int Failed = 1;
const int NotUnderstood = 2;
const int NotUsable = 65;
const int NotConfigured = 78;

try
{
    await RunAsync(CommandLine.Parse(args));
    return 0;
}
catch (UsageException e)
{
    await Console.Error.WriteLineAsync($"{e.Message}{Environment.NewLine}{Environment.NewLine}{Usage.Text}");
    return NotUnderstood;
}
catch (SettingsException e)
{
    // The message says what is wrong and what to do; a stack trace would only hide it.
    await Console.Error.WriteLineAsync(e.Message);
    return NotConfigured;
}
catch (StorageException e) when (e.Failure == StorageFailure.Corrupt)
{
    // Damaged, foreign, or of another version: trying again does not help.
    await Console.Error.WriteLineAsync(e.Message);
    return NotUsable;
}
catch (Exception e) when (
    e is StorageException or ArchiveException or HealthCheckException or DoctorException or OperationCanceledException)
{
    await Console.Error.WriteLineAsync(e.Message);
    return Failed;
}

static async Task RunAsync(CommandLine line)
{
    switch (line.Command)
    {
        case Usage.Help:
            await Console.Out.WriteLineAsync(Usage.Text);
            break;
        case Usage.Version:
            await Console.Out.WriteLineAsync($"GrpcDcr {ProgramVersion.Text}");
            break;
        case Usage.CheckConfig:
            await ConfigCommand.CheckAsync(ConfigurationOf(line), Console.Out);
            break;
        case Usage.DumpConfig:
            await ConfigCommand.DumpAsync(ConfigurationOf(line), Console.Out);
            break;
        case Usage.Migrate or Usage.Export or Usage.Import:
            using (var interrupt = new Interrupt())
            {
                await StoreCommand.Of(line, ConfigurationOf(line)).RunAsync(
                    Console.Out, isTerminal: !Console.IsOutputRedirected, interrupt.Token);
            }

            break;
        case Usage.HealthCheck:
            using (var interrupt = new Interrupt())
            {
                await HealthCheckCommand.RunAsync(ConfigurationOf(line), Console.Out, interrupt.Token);
            }

            break;
        case Usage.Doctor:
            using (var interrupt = new Interrupt())
            {
                await DoctorCommand.RunAsync(ConfigurationOf(line), Console.Out, interrupt.Token);
            }

            break;
        case Usage.Serve:
            await ServeCommand.RunAsync(() => ConfigurationOf(line));
            break;
        default:
            throw new System.Diagnostics.UnreachableException();
    }
}

static ServerConfiguration ConfigurationOf(CommandLine line)
{
    var environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(
        entry => (string)entry.Key, entry => (string?)entry.Value);
    return ServerConfiguration.Of(line.Configuration, environment, Environment.CurrentDirectory);
}
