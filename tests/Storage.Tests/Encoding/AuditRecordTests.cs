using System.Text.Json;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage.Encoding;
using GrpcDcr.Storage.Tests.Samples;

namespace GrpcDcr.Storage.Tests.Encoding;

/// <summary>What an audit event tells comes back from the stored bytes.</summary>
public sealed class AuditRecordTests
{
    /// <summary>What audit events tell, by what each does not have.</summary>
    public static TheoryData<string> Details { get; } = new(Told.Keys);

    private static Dictionary<string, AuditDetail?> Told => new()
    {
        ["detail"] = null,
        ["registered"] = new AuditDetail.ClientRegistered(
            ClientState.Active, AdmissionNames.Open, new InitialAccessTokenId(Guid.AllBitsSet), "https://issuer.example", "owner",
            new([new("scope", null, "\"a\"", Truncated: true)], Omitted: 2)),
        ["bare registered"] = new AuditDetail.ClientRegistered(ClientState.Pending, AdmissionNames.Open, null, null, null, new([])),
        ["updated"] = new AuditDetail.ClientUpdated(ClientState.Suspended, AwaitingApproval: true, new([new("scope", "\"a\"", null)])),
        ["refused"] = new AuditDetail.RegistrationRefused("INVALID_REDIRECT_URI", "invalid_redirect_uri", "redirect_uris", 7),
        ["bare refused"] = new AuditDetail.RegistrationRefused("CLIENT_NOT_FOUND", null, null, 1),
        ["token"] = new AuditDetail.OfInitialAccessToken(
            new(Guid.AllBitsSet), "label", Sample.Start, 3, new RegistrationConstraints { Scopes = [] }),
        ["bare token"] = new AuditDetail.OfInitialAccessToken(new(Guid.AllBitsSet), null, null, null, new RegistrationConstraints()),
        ["backup"] = new AuditDetail.StorageBackedUp("name"),
        ["block rule"] = new AuditDetail.OfBlockRule(
            new(Guid.AllBitsSet, BlockSubject.RedirectHost, "a.example", BlockEffect.Hold, "why", Sample.Start, "alice", Sample.Start)),
        ["note"] = new AuditDetail.ClientNote("two\nlines ü"),
    };

    [Fact]
    public void Every_kind_of_detail_is_among_them() => Assert.Equal(
        typeof(AuditDetail).GetNestedTypes().Select(kind => kind.Name).Order(),
        Told.Values.OfType<AuditDetail>().Select(detail => detail.GetType().Name).Distinct().Order());

    [Theory]
    [MemberData(nameof(Details))]
    public void An_event_comes_back_with_what_it_tells(string told)
    {
        var recorded = Sample.Event(Sample.IdOf(1), version: 3) with { Detail = Told[told] };

        var read = AuditRecord.Decode(recorded.Sequence, AuditRecord.Encode(recorded));

        Assert.Equal(JsonSerializer.Serialize(recorded), JsonSerializer.Serialize(read));
        Assert.Equal(
            JsonSerializer.Serialize(recorded.Detail, recorded.Detail?.GetType() ?? typeof(object)),
            JsonSerializer.Serialize(read.Detail, read.Detail?.GetType() ?? typeof(object)));
    }
}
