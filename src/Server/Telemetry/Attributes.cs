namespace GrpcDcr.Server.Telemetry;

/// <summary>
/// The attributes of the instruments, and the values of each. Nothing that a caller chooses is a value: no identifier, name, address, host
/// or token.
/// </summary>
internal static class Attributes
{
    public const string Client = "client_request";
    public const string RoleToken = "role_token";
    public const string NotAdmitted = "none";
    public const string Refused = "refused";
    public const string Registered = "registered";
    public const string Created = "created";
    public const string Succeeded = "succeeded";
    public const string Hit = "hit";
    public const string Miss = "miss";
    public const string LiteDb = "litedb";
    public const string Postgres = "postgresql";
    public const string Grpc = "grpc";
    public const string Fetched = "fetched";
    public const string Failed = "failed";
    public const string Timeout = "timeout";
    public const string NoSlot = "no_slot";

    /// <summary>The limit of clients that wait for approval, beside those of <see cref="Limit"/> that are rate limits.</summary>
    public const string UnapprovedClients = "unapproved-clients";

    public static InstrumentAttribute Outcome { get; } = new("grpcdcr.registration.outcome", ["active", "pending", Refused]);

    public static InstrumentAttribute Admission { get; } =
        new("grpcdcr.admission", ["open", "initial_access_token", "software_statement", "administrator", NotAdmitted]);

    /// <summary>Whether the client registers itself or an administrator creates it.</summary>
    public static InstrumentAttribute Origin { get; } = new("grpcdcr.client.origin", [Registered, Created]);

    /// <summary>Absent where nothing failed.</summary>
    public static InstrumentAttribute Error { get; } = new(
        "error.type",
        [],
        "the reason of the refusal, as `google.rpc.ErrorInfo` has it, such as `INVALID_REDIRECT_URI`; absent for a registered client");

    public static InstrumentAttribute Request { get; } = new("grpcdcr.request", [Client, RoleToken]);

    public static InstrumentAttribute Limit { get; } = new(
        "grpcdcr.limit",
        [
            "registration", "token-registration", "failed-registration", "management", "failed-management", "failed-role-token",
            UnapprovedClients,
        ]);

    public static InstrumentAttribute Authentication { get; } = new("grpcdcr.authentication.outcome", [Succeeded, Refused]);

    public static InstrumentAttribute Engine { get; } = new("db.system.name", [LiteDb, Postgres]);

    public static InstrumentAttribute Operation { get; } = new("db.operation.name", ["find", "list", "count"]);

    public static InstrumentAttribute Collection { get; } = new(
        "db.collection.name", ["clients", "initial_access_tokens", "one_time_uses", "audit_events"]);

    public static InstrumentAttribute StoreError { get; } = new(
        "error.type", ["unavailable", "busy", "outcome_unknown", "corrupt", "in_use"]);

    public static InstrumentAttribute CacheResult { get; } = new("grpcdcr.cache.result", [Hit, Miss]);

    public static InstrumentAttribute Fetch { get; } = new("grpcdcr.fetch.outcome", [Fetched, Failed, Timeout, NoSlot]);

    public static InstrumentAttribute RpcSystem { get; } = new("rpc.system.name", [Grpc]);

    public static InstrumentAttribute RpcMethod { get; } =
        new("rpc.method", [], "the methods of the services, as `package.Service/Method`");

    public static InstrumentAttribute RpcStatus { get; } = new(
        "rpc.response.status_code",
        [
            "OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND", "ALREADY_EXISTS", "PERMISSION_DENIED",
            "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION", "ABORTED", "OUT_OF_RANGE", "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS",
            "UNAUTHENTICATED",
        ]);

    /// <summary>The statuses that are failures of a server, by the semantic conventions; absent for any other.</summary>
    public static InstrumentAttribute RpcError { get; } = new(
        "error.type", ["UNKNOWN", "DEADLINE_EXCEEDED", "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS"]);
}
