using GrpcDcr.Server.Credentials;
using GrpcDcr.Server.Endpoints.Security;
using GrpcDcr.Server.Hosting.Settings;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage.Disk;

namespace GrpcDcr.Server.Hosting;

/// <summary>
/// The tokens and their roles. If none is configured, the first start creates one for administrators and one for authorization servers in
/// the data folder, readable by the owner only. The service is never open.
/// </summary>
/// <param name="Tokens">All tokens.</param>
/// <param name="Files">The files of tokens that a start created; empty if tokens are configured.</param>
/// <param name="NewFiles">Those of them that this start created.</param>
internal sealed record RoleTokens(IReadOnlyList<RoleToken> Tokens, IReadOnlyList<string> Files, IReadOnlyList<string> NewFiles)
{
    private static readonly string[] Made = [Roles.Admin, Roles.Directory];

    /// <summary>Names of the files in the data folder.</summary>
    public static IReadOnlyList<string> FileNames { get; } = Array.ConvertAll(Made, FileNameOf);

    /// <exception cref="SettingsException">A token file has no token, or two places have the same.</exception>
    public static RoleTokens Open(ServerSettings settings)
    {
        if (settings.Tokens.Count > 0)
        {
            return new RoleTokens(settings.Tokens, [], []);
        }

        var folder = Path.GetFullPath(settings.Storage.LiteDb.Path);
        var files = Made.ToDictionary(role => role, role => Path.Combine(folder, FileNameOf(role)));
        string[] missing = [.. files.Values.Where(path => !File.Exists(path))];
        Array.ForEach(missing, Make);
        var tokens = files.ToDictionary(file => file.Key, file => Read(file.Value));
        RequireApart(
            [.. files.Select(file => (file.Value, tokens[file.Key])), (ServiceOptions.TokenKey, settings.Admission.Token)]);
        return new RoleTokens(
            [.. tokens.Select(token => new RoleToken(token.Key, SecretHash.Of(token.Value), [token.Key]))], [.. files.Values], missing);
    }

    /// <summary>A program with one token must not have the rights of another.</summary>
    private static void RequireApart((string Place, string Token)[] tokens)
    {
        foreach (var same in tokens.GroupBy(token => token.Token, StringComparer.Ordinal).Where(same => same.Count() > 1))
        {
            throw new SettingsException([$"{string.Join(" and ", same.Select(token => token.Place))} have the same token. Allowed: a token "
                + "for each; delete a file to get a new one."]);
        }
    }

    private static string FileNameOf(string role) => role + ".token";

    private static string Read(string path)
    {
        var token = File.ReadAllText(path).Trim();
        return TokenSettings.IsToken(token)
            ? token
            : throw new SettingsException([$"{path} has no token. Allowed: {TokenSettings.Allowed}; delete the file to get a new one."]);
    }

    private static void Make(string path) => PrivateFile.CreateWhole(path, file =>
    {
        using var writer = new StreamWriter(file, leaveOpen: true);
        writer.WriteLine(CredentialFactory.NewSecret().Reveal());
    });
}
