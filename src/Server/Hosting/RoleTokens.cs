using GrpcDcr.Server.Credentials;
using GrpcDcr.Server.Endpoints.Security;
using GrpcDcr.Server.Hosting.Settings;
using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Hosting;

/// <summary>
/// Who has which role. Where the configuration names nobody, the first start makes a token for administrators and one for authorization
/// servers, and keeps them in the data folder, readable by the owner of the process alone: the service is never open.
/// </summary>
/// <param name="Tokens">All tokens.</param>
/// <param name="Files">Where those are that a start made; empty where the configuration names them.</param>
internal sealed record RoleTokens(IReadOnlyList<RoleToken> Tokens, IReadOnlyList<string> Files)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly string[] Made = [Roles.Admin, Roles.Directory];

    /// <exception cref="SettingsException">A file of a token is empty.</exception>
    public static RoleTokens Open(ServerSettings settings)
    {
        if (settings.Tokens.Count > 0)
        {
            return new RoleTokens(settings.Tokens, []);
        }

        var files = Made.ToDictionary(role => role, role => Path.GetFullPath(Path.Combine(settings.Storage.LiteDb.Path, role + ".token")));
        return new RoleTokens(
            [.. files.Select(file => new RoleToken(file.Key, SecretHash.Of(ReadOrMake(file.Value)), [file.Key]))], [.. files.Values]);
    }

    private static string ReadOrMake(string path)
    {
        if (!File.Exists(path))
        {
            Make(path);
        }

        var token = File.ReadAllText(path).Trim();
        return token.Length > 0
            ? token
            : throw new SettingsException([$"{path} is empty. Allowed: a token; delete the file to get a new token."]);
    }

    /// <summary>Writes to a file of another name first, so that a crash leaves no empty token behind.</summary>
    private static void Make(string path)
    {
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var draft = path + ".new";
        File.Delete(draft);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using (var file = new FileStream(draft, options))
        {
            using (var writer = new StreamWriter(file, leaveOpen: true))
            {
                writer.WriteLine(CredentialFactory.NewSecret().Reveal());
            }

            file.Flush(flushToDisk: true);
        }

        File.Move(draft, path);
    }
}
