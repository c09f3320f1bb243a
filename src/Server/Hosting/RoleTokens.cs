using GrpcDcr.Server.Credentials;
using GrpcDcr.Server.Endpoints.Security;
using GrpcDcr.Server.Hosting.Settings;
using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Hosting;

/// <summary>
/// The tokens and their roles. If none is configured, the first start creates one for administrators and one for authorization servers in
/// the data folder, readable by the owner only. The service is never open.
/// </summary>
/// <param name="Tokens">All tokens.</param>
/// <param name="Files">The files of tokens that a start created; empty if tokens are configured.</param>
internal sealed record RoleTokens(IReadOnlyList<RoleToken> Tokens, IReadOnlyList<string> Files)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly string[] Made = [Roles.Admin, Roles.Directory];

    /// <exception cref="SettingsException">A token file is empty.</exception>
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

    /// <summary>Writes to a temporary file first, so that a crash leaves no empty token file.</summary>
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
