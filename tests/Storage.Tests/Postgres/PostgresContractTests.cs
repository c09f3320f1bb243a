using GrpcDcr.Storage.Tests.Contract;

namespace GrpcDcr.Storage.Tests.Postgres;

public sealed class PostgresClients() : ClientsContract(() => new PostgresHome());

public sealed class PostgresPaging() : PagingContract(() => new PostgresHome());

public sealed class PostgresAudit() : AuditContract(() => new PostgresHome());

public sealed class PostgresLifetime() : LifetimeContract(() => new PostgresHome());

public sealed class PostgresConcurrency() : ConcurrencyContract(() => new PostgresHome());

public sealed class PostgresTokens() : TokenContract(() => new PostgresHome());

public sealed class PostgresSpending() : SpendingContract(() => new PostgresHome());

public sealed class PostgresSpendingRaces() : SpendingRaceContract(() => new PostgresHome());

public sealed class PostgresSwitch() : SwitchContract(() => new PostgresHome());
