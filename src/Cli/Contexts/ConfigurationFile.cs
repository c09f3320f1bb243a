using System.Text.Json;

namespace GrpcDcr.Cli.Contexts;

/// <summary>Reads and changes <c>config.json</c>.</summary>
internal static class ConfigurationFile
{
    public static string Place => PrivateFile.InFolder("config.json");

    /// <summary>The configuration; an empty one if there is no file.</summary>
    /// <exception cref="CommandFault">The file cannot be used; the message says why.</exception>
    public static Configuration Read()
    {
        if (PrivateFile.Read(Place) is not { } text)
        {
            return new Configuration();
        }

        try
        {
            return Checked(JsonSerializer.Deserialize(text, ConfigurationJson.Default.Configuration) ?? new Configuration());
        }
        catch (JsonException e)
        {
            // The text of the exception has the path and never the value.
            throw CommandFault.Usage($"{Place} cannot be read: {e.Message}");
        }
    }

    /// <summary>Changes the configuration while no other process does.</summary>
    public static async Task ChangeAsync(Func<Configuration, Configuration> change, CancellationToken stop)
    {
        using var alone = await PrivateFile.LockAsync(Place, stop);
        PrivateFile.Write(Place, JsonSerializer.SerializeToUtf8Bytes(change(Read()), ConfigurationJson.Default.Configuration));
    }

    private static Configuration Checked(Configuration read)
    {
        foreach (var (name, context) in read.Contexts)
        {
            ServiceAddress.Check(context.Address, context.AllowPlainHttp, $"The address of context '{name}'");
        }

        return read;
    }
}
