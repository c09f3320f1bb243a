using System.CommandLine;
using GrpcDcr.Cli.Output;

namespace GrpcDcr.Cli.Commands;

/// <summary>The audit log: <c>audit</c>.</summary>
internal static class AuditCommands
{
    private static readonly ListFilter[] Filters =
    [
        ListFilter.Text("--client-id", "client_id", "Only events about this client."),
        EventType(),
        ListFilter.Text("--actor", "actor", "Only events of the actor with this name."),
        ListFilter.Text("--source-network", "source_network", "Only events from this address, or from this network (CIDR)."),
    ];

    private static readonly ListFilter[] ListFilters =
    [
        .. Filters,
        ListFilter.Time("--since", "start_time", "Only events at or after this time, or since so long ago: 12h."),
        ListFilter.Time("--before", "end_time", "Only events before this time."),
        ListFilter.Order,
    ];

    private static readonly Option<int> Last = new("--last")
    {
        Description = "Begin with so many events that have happened already.",
        HelpName = "N",
        DefaultValueFactory = _ => 10,
    };

    private static readonly Option<int> Interval = new("--interval")
    {
        Description = "How many seconds to wait between two questions.",
        HelpName = "SECONDS",
        DefaultValueFactory = _ => 1,
    };

    public static Command Create()
    {
        AtLeast(Last, 0);
        AtLeast(Interval, 1);
        return Verb.Group(
            "audit",
            "The audit log.",
            Verb.Of(
                "list", "Lists events, the newest first.", ListAsync,
                [.. ListFilters.Select(filter => filter.Option), ListFilter.Limit]),
            Verb.Of(
                "follow", "Shows events as they happen, until it is stopped.", FollowAsync,
                [.. Filters.Select(filter => filter.Option), Last, Interval]));
    }

    /// <summary>The types grow with the service, which refuses those it does not know.</summary>
    private static ListFilter EventType()
    {
        var filter = ListFilter.Text("--type", "type", "Only events of this type, such as client_approved.");
        return filter with { Value = session => filter.Value(session)?.ToUpperInvariant() };
    }

    private static void AtLeast(Option<int> option, int least)
    {
        if (option.Validators.Count > 0)
        {
            return;
        }

        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && result.GetValueOrDefault<int>() < least)
            {
                result.AddError($"{option.Name} must be at least {least}.");
            }
        });
    }

    private static Task ListAsync(Session session) => session.Print.ListAsync(
        session.Api().ListAsync(Resource.Events, ListFilter.Query(session, ListFilters), session.Of(ListFilter.Limit), session.Stop),
        Resource.Events);

    private static async Task FollowAsync(Session session)
    {
        if (session.Print.Format == OutputFormat.Json && !session.Print.IsQuiet)
        {
            throw CommandFault.Usage("'audit follow' has no end, which a JSON document needs: use --output jsonl.");
        }

        var tail = new AuditTail(
            session, session.Api(), ListFilter.Query(session, Filters), TimeSpan.FromSeconds(session.Of(Interval)));
        try
        {
            await session.Print.ListAsync(tail.ReadAsync(session.Of(Last)), Resource.Events);
        }
        catch (OperationCanceledException) when (session.Stop.IsCancellationRequested)
        {
            // Stopped by the user, as intended.
        }
    }
}
