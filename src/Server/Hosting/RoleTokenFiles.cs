using GrpcDcr.Server.Credentials;
using GrpcDcr.Server.Endpoints;
using GrpcDcr.Server.Hosting.Settings;
using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Hosting;

/// <summary>
/// The tokens of the roles. Where the configuration names none, the first start makes one and keeps it in the data folder,
/// readable by the owner of the process alone: the inner listeners are never open.
/// </summary>
internal sealed record RoleTokenFiles(RoleTokens Tokens, string? OperatorPath, string? DirectoryPath)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static RoleTokenFiles Open(ServerSettings settings)
    {
        var (operatorToken, operatorPath) = TokenOf(settings.Operator, settings.Storage.LiteDb.Path, "operator.token");
        var (directoryToken, directoryPath) = TokenOf(settings.Directory, settings.Storage.LiteDb.Path, "directory.token");
        return new RoleTokenFiles(
            new RoleTokens(SecretHash.Of(operatorToken), SecretHash.Of(directoryToken)), operatorPath, directoryPath);
    }

    private static (string Token, string? Path) TokenOf(RoleOptions role, string folder, string file)
    {
        if (role.Token.Length > 0)
        {
            return (role.Token, null);
        }

        var path = Path.GetFullPath(Path.Combine(folder, file));
        if (!File.Exists(path))
        {
            Make(path);
        }

        var token = File.ReadAllText(path).Trim();
        return token.Length > 0
            ? (token, path)
            : throw new SettingsException([$"{path} is empty; delete it to have a new token made, or set the token in the configuration."]);
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
