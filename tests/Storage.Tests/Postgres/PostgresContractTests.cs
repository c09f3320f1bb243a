using GrpcDcr.Storage.Tests.Contract;

namespace GrpcDcr.Storage.Tests.Postgres;

public sealed class PostgresClients() : ClientsContract(() => new PostgresHome());

public sealed class PostgresPaging() : PagingContract(() => new PostgresHome());

public sealed class PostgresSearch() : SearchContract(() => new PostgresHome());

public sealed class PostgresAudit() : AuditContract(() => new PostgresHome());

public sealed class PostgresClientHistory() : ClientHistoryContract(() => new PostgresHome());

public sealed class PostgresLifetime() : LifetimeContract(() => new PostgresHome());

public sealed class PostgresConcurrency() : ConcurrencyContract(() => new PostgresHome());

public sealed class PostgresTokens() : InitialAccessTokenContract(() => new PostgresHome());

public sealed class PostgresConsumedCredentials() : ConsumedCredentialsContract(() => new PostgresHome());

public sealed class PostgresOneTimeRequests() : OneTimeRequestContract(() => new PostgresHome());

public sealed class PostgresSpendingRaces() : ConsumedCredentialsRaceContract(() => new PostgresHome());

public sealed class PostgresRegistrationStatus() : RegistrationStatusContract(() => new PostgresHome());

public sealed class PostgresBlockRules() : BlockRuleContract(() => new PostgresHome());
