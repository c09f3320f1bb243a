using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Protobuf;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage.Encoding;

namespace GrpcDcr.Server.Storage.Transfer;

/// <summary>
/// One line of an archive: a JSON object with one member, which says what it is. Records are written by protobuf's JSON mapping of their
/// stored messages: bytes as base64, whole numbers of 64 bits as strings.
/// </summary>
internal static class ArchiveLine
{
    public const string Header = "grpcdcr_archive";
    public const string End = "end";

    private const string Client = "client";
    private const string InitialAccessToken = "initial_access_token";
    private const string Use = "one_time_use";
    private const string Status = "registration_status";
    private const string Event = "audit_event";
    private const string Sequence = "sequence";
    private const string Record = "record";
    private const string Key = "key";
    private const string ExpiresAt = "expires_at";
    private const string Result = "result";

    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default.WithPreserveProtoFieldNames(true));

    public static string Write(ArchivedItem item) => item switch
    {
        ArchivedClient client => Of(Client, StoredClient.Parser.ParseFrom(ClientRecord.Encode(client.Value))),
        ArchivedInitialAccessToken token => Of(
            InitialAccessToken, StoredInitialAccessToken.Parser.ParseFrom(InitialAccessTokenRecord.Encode(token.Value))),
        ArchivedRegistrationStatus status => Of(
            Status, StoredRegistrationStatus.Parser.ParseFrom(RegistrationStatusRecord.Encode(status.Value))),
        ArchivedAuditEvent { Value: var e } => EventOf(e.Sequence, StoredAuditEvent.Parser.ParseFrom(AuditRecord.Encode(e))),
        ArchivedOneTimeUse { Value: var use } => new JsonObject
        {
            [Use] = new JsonObject
            {
                [Key] = Convert.ToBase64String(use.Key.Bytes.Span),
                [ExpiresAt] = use.Until.ToUnixTimeMilliseconds(),
                [Result] = use.Result?.ToString(),
            },
        }.ToJsonString(),
        _ => throw new ArgumentException($"{item} is not archived.", nameof(item)),
    };

    /// <exception cref="ArchiveException">The line is not one of an archive.</exception>
    public static ArchivedItem Read(string name, JsonElement value)
    {
        try
        {
            return name switch
            {
                Client => new ArchivedClient(ClientRecord.Decode(Parse<StoredClient>(value))),
                InitialAccessToken => new ArchivedInitialAccessToken(
                    InitialAccessTokenRecord.Decode(Parse<StoredInitialAccessToken>(value))),
                Status => new ArchivedRegistrationStatus(RegistrationStatusRecord.Decode(Parse<StoredRegistrationStatus>(value))),
                Event => new ArchivedAuditEvent(AuditRecord.Decode(
                    value.GetProperty(Sequence).GetInt64(), Parse<StoredAuditEvent>(value.GetProperty(Record)))),
                Use => new ArchivedOneTimeUse(new OneTimeUse(
                    SecretHash.FromBytes(value.GetProperty(Key).GetBytesFromBase64()),
                    DateTimeOffset.FromUnixTimeMilliseconds(value.GetProperty(ExpiresAt).GetInt64()),
                    value.GetProperty(Result) is { ValueKind: not JsonValueKind.Null } result ? result.GetGuid() : null)),
                _ => throw new ArchiveException($"'{name}' is not known to this version. A newer version wrote the archive."),
            };
        }
        catch (Exception e) when (e is StorageException or InvalidProtocolBufferException or InvalidOperationException or FormatException
            or KeyNotFoundException or ArgumentException)
        {
            throw new ArchiveException($"the {name} cannot be read.", e);
        }
    }

    private static string EventOf(long sequence, StoredAuditEvent stored) =>
        $$"""{"{{Event}}":{"{{Sequence}}":{{sequence}},"{{Record}}":{{Formatter.Format(stored)}} } }""";

    private static string Of(string name, IMessage message) => $$"""{"{{name}}":{{Formatter.Format(message)}}}""";

    private static byte[] Parse<T>(JsonElement value)
        where T : IMessage<T>, new() => JsonParser.Default.Parse<T>(value.GetRawText()).ToByteArray();
}
