using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage;
using GrpcDcr.Storage.Tests.Contract;

namespace GrpcDcr.Storage.Tests.Reference;

/// <summary>What the reference model remembers between two openings.</summary>
internal sealed class MemoryHome : StoreHome
{
    public SortedDictionary<ClientId, RegisteredClient> Clients { get; } = [];

    public SortedDictionary<InitialAccessTokenId, InitialAccessToken> Tokens { get; } = [];

    /// <summary>What was used of that which has one use. The model forgets nothing.</summary>
    public Dictionary<string, OneTimeUse> Uses { get; } = [];

    public RegistrationStatus Status { get; set; } = RegistrationStatus.Enabled;

    public List<AuditEvent> Events { get; } = [];

    public bool InUse { get; set; }

    public override IRegistrationStore NewStore() => new MemoryStore(this);

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
