using System.Globalization;
using Grpc.Core;
using GrpcDcr.Admin.V1;
using GrpcDcr.Resilience.Tests.Histories;
using GrpcDcr.V1;

namespace GrpcDcr.Resilience.Tests.Deployment;

/// <summary>What the service says of itself: its audit log and its clients, read through one instance.</summary>
internal sealed class ClusterTrail(Instance instance)
{
    private const int PageSize = 500;

    private readonly Metadata _credential = new() { { "authorization", $"Bearer {Cluster.AdminToken}" } };

    /// <summary>Where the last reading began its last page. Later ones begin there.</summary>
    private string _page = "";

    /// <summary>The mark of a deletion: a client is deleted once.</summary>
    public static string DeletionOf(string clientId) => $"deletion of {clientId}";

    /// <summary>The audit events after a sequence, which never falls from one reading to the next.</summary>
    public async Task<List<LoggedEvent>> EventsAsync(long after)
    {
        var log = new AuditLog.AuditLogClient(instance.Internal);
        var all = new List<LoggedEvent>();
        var request = new ListAuditEventsRequest { PageSize = PageSize, PageToken = _page, Order = ListOrder.OldestFirst };
        do
        {
            _page = request.PageToken;
            var answer = await log.ListAuditEventsAsync(request, _credential);
            all.AddRange(answer.Events.Where(e => e.Sequence > after).Select(Read));
            request.PageToken = answer.NextPageToken;
        }
        while (request.PageToken.Length > 0);
        return all;
    }

    /// <summary>How all clients stand.</summary>
    public async Task<Dictionary<string, Stand>> ClientsAsync()
    {
        var clients = new ClientAdministration.ClientAdministrationClient(instance.Internal);
        var all = new Dictionary<string, Stand>(StringComparer.Ordinal);
        var request = new ListClientsRequest { PageSize = PageSize };
        do
        {
            var answer = await clients.ListClientsAsync(request, _credential);
            foreach (var client in answer.Clients)
            {
                all.Add(client.ClientId, new Stand(
                    long.Parse(client.Etag.AsSpan(1), CultureInfo.InvariantCulture), client.State.ToString()
                        .ToUpperInvariant(), client.Metadata.SoftwareVersion, client.Revision));
            }

            request.PageToken = answer.NextPageToken;
        }
        while (request.PageToken.Length > 0);
        return all;
    }

    private static LoggedEvent Read(AuditEvent logged)
    {
        return (logged.Succeeded ? logged.Type : AuditEventType.Unspecified) switch
        {
            AuditEventType.ClientRegistered => Of(
                Effect.Registers, AfterOf(logged.ClientRegistered.Members), $"{logged.ClientRegistered.State}"),
            AuditEventType.ClientUpdated => Of(Effect.Updates, AfterOf(logged.ClientUpdated.Members), $"{logged.ClientUpdated.State}"),
            AuditEventType.ClientApproved or AuditEventType.ClientReinstated => Of(Effect.Decides, logged.Reason, "ACTIVE"),
            AuditEventType.ClientSuspended => Of(Effect.Decides, logged.Reason, "SUSPENDED"),
            AuditEventType.RegistrationAccessTokenRotated => Of(Effect.Rotates, "", null),
            AuditEventType.ClientDeleted => Of(Effect.Deletes, DeletionOf(logged.ClientId), null),
            _ => Of(Effect.None, "", null),
        };

        LoggedEvent Of(Effect effect, string mark, string? state) => new(
            logged.Sequence, effect, logged.ClientId, mark, state?.ToUpperInvariant(), logged.HasClientRevision
                ? logged.ClientRevision
                : null);
    }

    /// <summary>The version of the software, which every registration and update of these tests changes.</summary>
    private static string AfterOf(IEnumerable<MetadataChange> members) =>
        members.SingleOrDefault(member => member.Member == "software_version")?.After.Trim('"') ?? "";
}
