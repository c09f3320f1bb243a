using System.Diagnostics.Metrics;
using GrpcDcr.Server.Audit;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage.LiteDb;
using GrpcDcr.Server.Storage.LiteDb.Files;
using GrpcDcr.Server.Syntax;
using GrpcDcr.Server.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace GrpcDcr.Server.Tests.Audit;

/// <summary>Refusals in the audit log, against the real store.</summary>
public sealed class RejectionAggregatorTests : IAsyncLifetime
{
    private static readonly Caller Someone = new(Actor.Applicant, "192.0.2.1", "request-1");
    private static readonly RegistrationFault BadScope = new RegistrationFault.InvalidMetadata([new Violation("scope", "x")]);

    private readonly DirectoryInfo _folder = System.IO.Directory.CreateTempSubdirectory("grpcdcr-");
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly LiteDbStore _store;
    private readonly RejectionAggregator _ledger;

    public RejectionAggregatorTests()
    {
        _store = new LiteDbStore(new LiteDbOptions(_folder.FullName), _time, NullLogger<LiteDbStore>.Instance);
        _ledger = new RejectionAggregator(
            _store, new ServiceMetrics(
                _services.GetRequiredService<IMeterFactory>()), _time, NullLogger<RejectionAggregator>.Instance);
    }

    public ValueTask InitializeAsync() => _store.OpenAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        await _services.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Records_the_first_refusal_at_once()
    {
        await _ledger.NoteAsync(BadScope, Someone, CancellationToken.None);
        var recorded = Assert.Single(await EventsAsync());
        Assert.Equal(AuditEventType.RegistrationRefused, recorded.Type);
        Assert.Equal((Actor.Applicant, "192.0.2.1", "request-1"), (recorded.Actor, recorded.SourceAddress, recorded.CorrelationId));
        Assert.Equal(_time.GetUtcNow(), recorded.Time);
        Assert.Equal("INVALID_CLIENT_METADATA invalid_client_metadata scope 1", Text(recorded));
    }

    [Fact]
    public async Task Adds_a_flood_from_one_network_up_into_one_more_event()
    {
        for (var n = 0; n < 10_000; n++)
        {
            await _ledger.NoteAsync(BadScope, Someone with { SourceAddress = $"2001:db8:1:2::{n:x}" }, CancellationToken.None);
        }

        Assert.Single(await EventsAsync());
        await _ledger.CloseWindowAsync(CancellationToken.None);
        var events = await EventsAsync();
        Assert.Equal(
            ["INVALID_CLIENT_METADATA invalid_client_metadata scope 1", "INVALID_CLIENT_METADATA invalid_client_metadata scope 9999"],
            events.Select(Text));
        Assert.Equal("2001:db8:1:2::270f", events[1].SourceAddress);
    }

    [Fact]
    public async Task One_caller_who_floods_looks_unlike_many()
    {
        for (var n = 0; n < 98; n++)
        {
            await _ledger.NoteAsync(BadScope, Someone, CancellationToken.None);
            await _ledger.NoteAsync(BadScope, Someone with { SourceAddress = $"10.0.0.{n % 7}" }, CancellationToken.None);
        }

        await _ledger.CloseWindowAsync(CancellationToken.None);
        var events = await EventsAsync();

        Assert.Equal(98, CountOf("192.0.2.1"));
        Assert.All(Enumerable.Range(0, 7), n => Assert.Equal(14, CountOf($"10.0.0.{n}")));

        long CountOf(string address) => events.Where(e => e.SourceAddress == address).Sum(e => Refused(e).Count);
    }

    [Fact]
    public async Task A_flood_from_many_networks_makes_a_bounded_number_of_events()
    {
        for (var n = 0; n < 10_000; n++)
        {
            await _ledger.NoteAsync(BadScope, Someone with { SourceAddress = $"10.0.{n / 256}.{n % 256}" }, CancellationToken.None);
        }

        await _ledger.CloseWindowAsync(CancellationToken.None);
        var events = await EventsAsync();

        Assert.Equal(RejectionAggregator.MaxNetworks + 2, events.Count);
        Assert.Equal(10_000, events.Sum(e => Refused(e).Count));
        Assert.Equal(10_000 - RejectionAggregator.MaxNetworks, events.Where(e => e.SourceAddress is null).Sum(e => Refused(e).Count));
    }

    [Fact]
    public async Task Tells_wrong_role_tokens_from_refused_registrations()
    {
        var wrong = new RegistrationFault.CredentialInvalid("The role token");
        var caller = Someone with { Actor = Actor.Unknown };
        await _ledger.NoteAsync(AuditEventType.RoleTokenRefused, wrong, caller, CancellationToken.None);
        await _ledger.NoteAsync(wrong, Someone, CancellationToken.None);

        Assert.Equal(
            [(AuditEventType.RoleTokenRefused, ActorRole.Unknown), (AuditEventType.RegistrationRefused, ActorRole.Client)],
            (await EventsAsync()).Select(e => (e.Type, e.Actor.Role)));
    }

    [Fact]
    public async Task Starts_anew_with_each_window()
    {
        await _ledger.NoteAsync(BadScope, Someone, CancellationToken.None);
        await _ledger.CloseWindowAsync(CancellationToken.None);
        Assert.Single(await EventsAsync());
        await _ledger.NoteAsync(BadScope, Someone, CancellationToken.None);
        Assert.Equal(2, (await EventsAsync()).Count);
    }

    [Fact]
    public async Task Tells_kinds_apart_by_error_and_member_but_not_by_language()
    {
        RegistrationFault[] faults =
        [
            new RegistrationFault.InvalidMetadata([new Violation("client_name#en", "x")]),
            new RegistrationFault.InvalidMetadata([new Violation("client_name#fr", "x")]),
            new RegistrationFault.InvalidMetadata([new Violation("client_name", "x"), new Violation("scope", "x")]),
            new RegistrationFault.InvalidMetadata([new Violation("redirect_uris", "x")]),
            new RegistrationFault.TooManyRequests(TimeSpan.Zero),
            new RegistrationFault.RegistrationDisabled(IsClosed: false),
            new RegistrationFault.CredentialRequired("A"),
            new RegistrationFault.CredentialInvalid("B"),
            new RegistrationFault.InsecureTransport(),
        ];
        foreach (var fault in faults)
        {
            await _ledger.NoteAsync(fault, Someone, CancellationToken.None);
        }

        Assert.Equal(
            [
                "INVALID_CLIENT_METADATA invalid_client_metadata client_name 1",
                "INVALID_REDIRECT_URI invalid_redirect_uri redirect_uris 1",
                "RATE_LIMITED too_many_requests  1", "REGISTRATION_DISABLED registration_not_supported  1",
                "CREDENTIAL_REQUIRED invalid_token  1", "CREDENTIAL_INVALID invalid_token  1", "TLS_REQUIRED invalid_request  1",
            ],
            (await EventsAsync()).Select(Text));
    }

    [Fact]
    public async Task Is_still_a_refusal_when_the_store_cannot_record_it()
    {
        await _store.DisposeAsync();
        await _ledger.NoteAsync(BadScope, Someone, CancellationToken.None);
        await _ledger.NoteAsync(BadScope, Someone, CancellationToken.None);
        await _ledger.CloseWindowAsync(CancellationToken.None);
    }

    private static string Text(AuditEvent recorded)
    {
        var detail = Refused(recorded);
        return $"{detail.Reason} {detail.OAuthError} {detail.Member} {detail.Count}";
    }

    private static AuditDetail.RegistrationRefused Refused(AuditEvent recorded) =>
        Assert.IsType<AuditDetail.RegistrationRefused>(recorded.Detail);

    private async Task<IReadOnlyList<AuditEvent>> EventsAsync() =>
        (await _store.ListAuditEventsAsync(new AuditFilter(), new PageRequest(500), CancellationToken.None)).Items;
}
