using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Storage.Writes;

/// <summary>What must be read of the store before changes can be validated.</summary>
internal sealed class ReadSet
{
    public HashSet<ClientId> Clients { get; } = [];

    public HashSet<InitialAccessTokenId> Tokens { get; } = [];

    /// <summary>Keys of software statements; one may be here twice.</summary>
    public List<SecretHash> Statements { get; } = [];
}
