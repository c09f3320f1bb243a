using Microsoft.Extensions.Configuration.Json;

namespace GrpcDcr.Server.Hosting.Settings;

/// <summary>A JSON file with settings, which is read again after each change until the configuration is disposed.</summary>
/// <param name="path">The whole path; the file must be there.</param>
internal sealed class SettingsFile(string path) : IConfigurationSource
{
    public IConfigurationProvider Build(IConfigurationBuilder builder)
    {
        var source = new JsonConfigurationSource { Path = path, ReloadOnChange = true };
        source.ResolveFileProvider();
        return new Provider(source);
    }

    private sealed class Provider(JsonConfigurationSource source) : JsonConfigurationProvider(source)
    {
        /// <summary>Nobody else disposes the file provider, which holds one of the few file watchers of the operating system.</summary>
        protected override void Dispose(bool disposing)
        {
            base.Dispose(disposing);
            (Source.FileProvider as IDisposable)?.Dispose();
        }
    }
}
