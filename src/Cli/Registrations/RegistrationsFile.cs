using System.Text.Json;
using GrpcDcr.Cli.Contexts;

namespace GrpcDcr.Cli.Registrations;

/// <summary>Keeps registration access tokens in <c>registrations.json</c>, which only its owner may read.</summary>
internal static class RegistrationsFile
{
    public static string Place => PrivateFile.InFolder("registrations.json");

    /// <exception cref="CommandFault">The file cannot be used; the message says why.</exception>
    public static List<KeptRegistration> Read() => PrivateFile.Read(Place) is { } text
        ? StrictJson.Read(Place, text, KeptRegistrationJson.Default.ListKeptRegistration)
        : [];

    /// <summary>Adds a registration, or replaces the one of the same client.</summary>
    public static Task KeepAsync(KeptRegistration registration, CancellationToken stop) =>
        ChangeAsync(kept => [.. kept.Where(other => !IsSame(other, registration)), registration], stop);

    public static Task ForgetAsync(KeptRegistration registration, CancellationToken stop) =>
        ChangeAsync(kept => [.. kept.Where(other => !IsSame(other, registration))], stop);

    /// <summary>The registration of a client.</summary>
    /// <param name="clientId">Its <c>client_id</c>.</param>
    /// <param name="server">Its issuer or endpoint, where several servers have a client of that identifier. Null otherwise.</param>
    /// <exception cref="CommandFault">There is none, or more than one.</exception>
    public static KeptRegistration Find(string clientId, string? server)
    {
        var found = Read().Where(kept => kept.ClientId == clientId && (server is null || kept.Server == server)).ToList();
        return found switch
        {
            [var one] => one,
            [] => throw new CommandFault(
                ExitCode.NotFound, $"No registration of {clientId} is kept in {Place}; 'grpcdcr registrations' lists what is."),
            _ => throw CommandFault.Usage($"Several servers have a client {clientId}: name one by --issuer or --endpoint."),
        };
    }

    private static bool IsSame(KeptRegistration one, KeptRegistration other) =>
        one.ClientId == other.ClientId && one.Server == other.Server;

    private static async Task ChangeAsync(Func<List<KeptRegistration>, List<KeptRegistration>> change, CancellationToken stop)
    {
        using var alone = await PrivateFile.LockAsync(Place, stop);
        PrivateFile.Write(
            Place, JsonSerializer.SerializeToUtf8Bytes(change(Read()), KeptRegistrationJson.Default.ListKeptRegistration));
    }
}
