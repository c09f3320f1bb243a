using System.Text.Json;

namespace GrpcDcr.Cli.Contexts;

/// <summary>Reads and changes <c>config.json</c>.</summary>
internal static class ConfigurationFile
{
    public static string Place => PrivateFile.InFolder("config.json");

    /// <summary>The configuration; an empty one if there is no file.</summary>
    /// <exception cref="CommandFault">The file cannot be used; the message says why.</exception>
    public static Configuration Read() => PrivateFile.Read(Place) is { } text
        ? Checked(StrictJson.Read(Place, text, ConfigurationJson.Default.Configuration))
        : new Configuration();

    /// <summary>Changes the configuration while no other process does.</summary>
    public static Task ChangeAsync(Func<Configuration, Configuration> change, CancellationToken stop) =>
        ChangeAsync(configuration => Task.FromResult(change(configuration)), stop);

    /// <inheritdoc cref="ChangeAsync(Func{Configuration, Configuration}, CancellationToken)"/>
    public static async Task ChangeAsync(Func<Configuration, Task<Configuration>> change, CancellationToken stop)
    {
        using var alone = await PrivateFile.LockAsync(Place, stop);
        PrivateFile.Write(Place, JsonSerializer.SerializeToUtf8Bytes(await change(Read()), ConfigurationJson.Default.Configuration));
    }

    private static Configuration Checked(Configuration read)
    {
        foreach (var (name, context) in read.Contexts)
        {
            ServiceAddress.Check(context.Address, context.AllowPlainHttp, $"The address of context '{name}' in {Place}");
            if (context.Login is { } login)
            {
                ServiceAddress.CheckSecure(login.TokenEndpoint, $"The token_endpoint of context '{name}' in {Place}");
            }
        }

        return read;
    }
}
