using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage;
using GrpcDcr.Server.Storage.Encoding;

namespace GrpcDcr.Storage.Tests.Samples;

/// <summary>Compares by content: by the bytes that an engine keeps.</summary>
internal static class Expect
{
    public static void Same(RegisteredClient? expected, RegisteredClient? actual) => Assert.Equal(Text(expected), Text(actual));

    public static void Same(IEnumerable<RegisteredClient> expected, IEnumerable<RegisteredClient> actual) =>
        Assert.Equal(expected.Select(Text), actual.Select(Text));

    public static void Same(AuditEvent expected, AuditEvent actual) => Assert.Equal(Text(expected), Text(actual));

    public static void Same(IEnumerable<AuditEvent> expected, IEnumerable<AuditEvent> actual) =>
        Assert.Equal(expected.Select(Text), actual.Select(Text));

    public static void Same(InitialAccessToken? expected, InitialAccessToken? actual) => Assert.Equal(Text(expected), Text(actual));

    public static void Same(IEnumerable<InitialAccessToken> expected, IEnumerable<InitialAccessToken> actual) =>
        Assert.Equal(expected.Select(Text), actual.Select(Text));

    /// <summary>It is a client exactly as <see cref="Sample"/> makes it, whatever its version and state.</summary>
    public static void Whole(ClientId id, RegisteredClient? client)
    {
        Assert.NotNull(client);
        Same(Sample.Client(id, client.Version, client.State), client);
    }

    public static async Task<StorageException> FailsAsync(StorageFailure failure, Func<Task> act)
    {
        var e = await Assert.ThrowsAsync<StorageException>(act);
        Assert.Equal(failure, e.Failure);
        return e;
    }

    /// <summary>The text of a client that another one with the same content has, and no other.</summary>
    public static string Text(RegisteredClient? client) => client is null
        ? "none"
        : $"{client.Id} v{client.Version} {client.State} {Convert.ToBase64String(ClientRecord.Encode(client))}";

    /// <summary>The text of a token that another one with the same content has, and no other.</summary>
    public static string Text(InitialAccessToken? token) => token is null
        ? "none"
        : $"{token.Id} {token.Uses} of {token.MaxUses} {Convert.ToBase64String(InitialAccessTokenRecord.Encode(token))}";

    /// <summary>How many bytes an engine keeps of it.</summary>
    public static int Size(InitialAccessToken token) => InitialAccessTokenRecord.Encode(token).Length;

    private static string Text(AuditEvent e) =>
        $"{e.Sequence} {e.Type} {e.ClientId} {Convert.ToBase64String(AuditRecord.Encode(e))}";
}
