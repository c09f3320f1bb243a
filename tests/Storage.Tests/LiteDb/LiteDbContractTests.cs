using GrpcDcr.Storage.Tests.Contract;

namespace GrpcDcr.Storage.Tests.LiteDb;

public sealed class LiteDbClients() : ClientsContract(() => new LiteDbHome());

public sealed class LiteDbPaging() : PagingContract(() => new LiteDbHome());

public sealed class LiteDbAudit() : AuditContract(() => new LiteDbHome());

public sealed class LiteDbLifetime() : LifetimeContract(() => new LiteDbHome());

public sealed class LiteDbConcurrency() : ConcurrencyContract(() => new LiteDbHome());

public sealed class LiteDbTokens() : TokenContract(() => new LiteDbHome());

public sealed class LiteDbSpending() : SpendingContract(() => new LiteDbHome());

public sealed class LiteDbSpendingRaces() : SpendingRaceContract(() => new LiteDbHome());

public sealed class LiteDbSwitch() : SwitchContract(() => new LiteDbHome());

public sealed class LiteDbSingleProcess() : SingleProcessContract(() => new LiteDbHome());
