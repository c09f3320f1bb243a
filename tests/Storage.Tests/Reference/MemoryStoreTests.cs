using GrpcDcr.Storage.Tests.Contract;

namespace GrpcDcr.Storage.Tests.Reference;

public sealed class MemoryClients() : ClientsContract(() => new MemoryHome());

public sealed class MemoryPaging() : PagingContract(() => new MemoryHome());

public sealed class MemorySearch() : SearchContract(() => new MemoryHome());

public sealed class MemoryAudit() : AuditContract(() => new MemoryHome());

public sealed class MemoryClientHistory() : ClientHistoryContract(() => new MemoryHome());

public sealed class MemoryLifetime() : LifetimeContract(() => new MemoryHome());

public sealed class MemoryConcurrency() : ConcurrencyContract(() => new MemoryHome());

public sealed class MemoryTokens() : InitialAccessTokenContract(() => new MemoryHome());

public sealed class MemoryConsumedCredentials() : ConsumedCredentialsContract(() => new MemoryHome());

public sealed class MemoryOneTimeRequests() : OneTimeRequestContract(() => new MemoryHome());

public sealed class MemorySpendingRaces() : ConsumedCredentialsRaceContract(() => new MemoryHome());

public sealed class MemoryRegistrationStatus() : RegistrationStatusContract(() => new MemoryHome());

public sealed class MemoryBlockRules() : BlockRuleContract(() => new MemoryHome());

public sealed class MemorySingleProcess() : SingleProcessContract(() => new MemoryHome());
