using GrpcDcr.Storage.Tests.Contract;

namespace GrpcDcr.Storage.Tests.LiteDb;

public sealed class LiteDbClients() : ClientsContract(() => new LiteDbHome());

public sealed class LiteDbPaging() : PagingContract(() => new LiteDbHome());

public sealed class LiteDbSearch() : SearchContract(() => new LiteDbHome());

public sealed class LiteDbAudit() : AuditContract(() => new LiteDbHome());

public sealed class LiteDbClientHistory() : ClientHistoryContract(() => new LiteDbHome());

public sealed class LiteDbLifetime() : LifetimeContract(() => new LiteDbHome());

public sealed class LiteDbConcurrency() : ConcurrencyContract(() => new LiteDbHome());

public sealed class LiteDbTokens() : InitialAccessTokenContract(() => new LiteDbHome());

public sealed class LiteDbConsumedCredentials() : ConsumedCredentialsContract(() => new LiteDbHome());

public sealed class LiteDbOneTimeRequests() : OneTimeRequestContract(() => new LiteDbHome());

public sealed class LiteDbSpendingRaces() : ConsumedCredentialsRaceContract(() => new LiteDbHome());

public sealed class LiteDbRegistrationStatus() : RegistrationStatusContract(() => new LiteDbHome());

public sealed class LiteDbBlockRules() : BlockRuleContract(() => new LiteDbHome());

public sealed class LiteDbSingleProcess() : SingleProcessContract(() => new LiteDbHome());
