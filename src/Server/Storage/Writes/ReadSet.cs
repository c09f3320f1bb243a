using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Storage.Writes;

/// <summary>Identifiers of the records that must be read before changes can be validated.</summary>
internal sealed class ReadSet
{
    public HashSet<ClientId> Clients { get; } = [];

    public HashSet<InitialAccessTokenId> InitialAccessTokens { get; } = [];

    /// <summary>Keys of software statements; may contain duplicates.</summary>
    public List<SecretHash> OneTimeUses { get; } = [];

    public bool RegistrationStatus { get; set; }

    public static ReadSet Of(IEnumerable<Change> changes)
    {
        var reads = new ReadSet();
        foreach (var change in changes)
        {
            change.AddReads(reads);
        }

        return reads;
    }
}
