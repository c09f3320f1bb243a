using GrpcDcr.Server.Model;
using GrpcDcr.TestKit;

namespace GrpcDcr.Server.Tests.Model;

/// <summary>Every move from every state.</summary>
public sealed class ClientTransitionTests
{
    private static readonly Dictionary<string, ClientTransition> Moves = new()
    {
        ["approve"] = ClientTransition.Approve,
        ["reject"] = ClientTransition.Reject,
        ["suspend"] = ClientTransition.Suspend,
        ["reinstate"] = ClientTransition.Reinstate,
    };

    [Theory]
    [InlineData("approve", "Pending Rejected", "Active", "CLIENT_APPROVED", false, true)]
    [InlineData("reject", "Pending", "Rejected", "CLIENT_REJECTED", true, true)]
    [InlineData("suspend", "Pending Active Rejected", "Suspended", "CLIENT_SUSPENDED", false, false)]
    [InlineData("reinstate", "Suspended", "Active", "CLIENT_REINSTATED", false, true)]
    public void Is_allowed_from_these_states_only(string name, string from, string to, string recorded, bool needsReason, bool needsEtag)
    {
        var move = Moves[name];
        var allowed = Enum.GetValues<ClientState>().Where(state => move.IsAllowedFrom(In(state))).Select(state => state.ToString());
        Assert.Equal(from, string.Join(' ', allowed));
        Assert.Equal(
            (to, recorded, needsReason, needsEtag),
            (move.To.ToString(), AuditEventTypes.NameOf(move.Event), move.NeedsReason, move.NeedsEtag));
        PlainAscii.Check(move.Done);
    }

    [Fact]
    public void Every_state_can_be_left_and_reached() => Assert.All(Enum.GetValues<ClientState>(), state =>
    {
        Assert.Contains(Moves.Values, move => move.IsAllowedFrom(In(state)));
        Assert.True(state == ClientState.Pending || Moves.Values.Any(move => move.To == state));
    });

    [Theory]
    [InlineData("approve", "Active", "Active", "new", null)]
    [InlineData("approve", "Suspended", "Suspended", "new", null)]
    [InlineData("reject", "Active", "Active", "approved", null)]
    [InlineData("reject", "Suspended", "Suspended", "approved", null)]
    [InlineData("suspend", "Active", "Suspended", "approved", "new")]
    [InlineData("reinstate", "Suspended", "Active", "approved", "new")]
    public void Decides_about_an_update_that_waits(string name, string from, string to, string effective, string? pending)
    {
        var client = In(Enum.Parse<ClientState>(from)) with
        {
            Metadata = new ClientMetadata { ClientName = "approved" },
            PendingUpdate = new PendingUpdate(new ClientMetadata { ClientName = "new" }, DateTimeOffset.UnixEpoch),
            StateReason = "before",
            PublicReason = "public before",
        };

        Assert.True(Moves[name].IsAllowedFrom(client));
        var moved = Moves[name].Apply(client, "why", "public");

        Assert.Equal(
            (to, effective, pending), (moved.State.ToString(), moved.Metadata.ClientName, moved.PendingUpdate?.Metadata.ClientName));
        Assert.Equal(from == to ? ("before", "public before") : ("why", "public"), (moved.StateReason, moved.PublicReason));
    }

    [Theory]
    [InlineData("Pending")]
    [InlineData("Active")]
    [InlineData("Rejected")]
    public void A_suspended_client_is_reinstated_in_the_state_of_before(string state)
    {
        var before = In(Enum.Parse<ClientState>(state));

        var suspended = ClientTransition.Suspend.Apply(before, "why", publicReason: null);
        var reinstated = ClientTransition.Reinstate.Apply(suspended, reason: null, publicReason: null);

        Assert.Equal(ClientState.Suspended, suspended.State);
        Assert.Equal(before, reinstated);
    }

    [Fact]
    public void Every_state_in_which_a_client_can_act_has_an_act_that_stops_it() => Assert.All(
        Enum.GetValues<ClientState>().Where(state => state != ClientState.Suspended),
        state => Assert.True(ClientTransition.Suspend.IsAllowedFrom(In(state))));

    [Fact]
    public void A_client_that_was_stopped_may_not_update_itself() => Assert.Equal(
        [ClientState.Pending, ClientState.Active], Enum.GetValues<ClientState>().Where(state => In(state).MayUpdate));

    [Fact]
    public void States_have_their_names_in_lower_case() => Assert.Equal(
        ["pending", "active", "suspended", "rejected"], Enum.GetValues<ClientState>().Select(ClientStates.NameOf));

    [Fact]
    public void Every_event_type_has_a_name_of_its_own() => Assert.Equal(
        AuditEventTypes.All, Enum.GetValues<AuditEventType>().Select(AuditEventTypes.NameOf).Distinct());

    private static RegisteredClient In(ClientState state) => new()
    {
        Id = new ClientId(Guid.AllBitsSet),
        Version = 1,
        State = state,
        Metadata = ClientMetadata.Empty,
        IssuedAt = DateTimeOffset.UnixEpoch,
        UpdatedAt = DateTimeOffset.UnixEpoch,
        AdmittedBy = AdmissionNames.Open,
    };
}
