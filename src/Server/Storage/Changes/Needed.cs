using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Storage.Changes;

/// <summary>What must be read of the store before changes can be judged.</summary>
internal sealed class Needed
{
    public HashSet<ClientId> Clients { get; } = [];

    public HashSet<InitialAccessTokenId> Tokens { get; } = [];

    /// <summary>Keys of software statements; one may be here twice.</summary>
    public List<SecretHash> Statements { get; } = [];
}
