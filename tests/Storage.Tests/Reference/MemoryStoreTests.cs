using GrpcDcr.Storage.Tests.Contract;

namespace GrpcDcr.Storage.Tests.Reference;

public sealed class MemoryClients() : ClientsContract(() => new MemoryHome());

public sealed class MemoryPaging() : PagingContract(() => new MemoryHome());

public sealed class MemoryAudit() : AuditContract(() => new MemoryHome());

public sealed class MemoryLifetime() : LifetimeContract(() => new MemoryHome());

public sealed class MemoryConcurrency() : ConcurrencyContract(() => new MemoryHome());

public sealed class MemoryTokens() : TokenContract(() => new MemoryHome());

public sealed class MemorySpending() : SpendingContract(() => new MemoryHome());

public sealed class MemorySpendingRaces() : SpendingRaceContract(() => new MemoryHome());

public sealed class MemorySwitch() : SwitchContract(() => new MemoryHome());

public sealed class MemorySingleProcess() : SingleProcessContract(() => new MemoryHome());
