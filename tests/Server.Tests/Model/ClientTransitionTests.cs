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
    [InlineData("approve", "Pending Rejected", "Active", "CLIENT_APPROVED", false)]
    [InlineData("reject", "Pending", "Rejected", "CLIENT_REJECTED", true)]
    [InlineData("suspend", "Active", "Suspended", "CLIENT_SUSPENDED", false)]
    [InlineData("reinstate", "Suspended", "Active", "CLIENT_REINSTATED", false)]
    public void Is_allowed_from_these_states_only(string name, string from, string to, string recorded, bool needsReason)
    {
        var move = Moves[name];
        var allowed = Enum.GetValues<ClientState>().Where(state => move.IsAllowedFrom(In(state))).Select(state => state.ToString());
        Assert.Equal(from, string.Join(' ', allowed));
        Assert.Equal((to, recorded, needsReason), (move.To.ToString(), AuditEventTypes.NameOf(move.Event), move.NeedsReason));
        PlainAscii.Check(move.Done);
    }

    [Fact]
    public void Every_state_can_be_left_and_reached() => Assert.All(Enum.GetValues<ClientState>(), state =>
    {
        Assert.Contains(Moves.Values, move => move.IsAllowedFrom(In(state)));
        Assert.True(state == ClientState.Pending || Moves.Values.Any(move => move.To == state));
    });

    [Theory]
    [InlineData("approve", "Pending", "Active", "new", null)]
    [InlineData("reject", "Pending", "Active", "approved", null)]
    [InlineData("suspend", "Pending", "Suspended", "new", "approved")]
    [InlineData("reinstate", "Suspended", "Pending", "new", "approved")]
    public void Decides_about_an_update_that_waits(string name, string from, string to, string registered, string? inForce)
    {
        var client = In(Enum.Parse<ClientState>(from)) with
        {
            Metadata = new ClientMetadata { ClientName = "new" },
            ApprovedMetadata = new ClientMetadata { ClientName = "approved" },
        };

        Assert.True(Moves[name].IsAllowedFrom(client));
        var moved = Moves[name].Apply(client);

        Assert.Equal((to, registered, inForce), (moved.State.ToString(), moved.Metadata.ClientName, moved.ApprovedMetadata?.ClientName));
    }

    [Fact]
    public void States_have_their_wire_names() => Assert.Equal(
        ["pending", "active", "suspended", "rejected"], Enum.GetValues<ClientState>().Select(ClientStates.NameOf));

    [Fact]
    public void Event_types_have_names_that_read_back() => Assert.All(Enum.GetValues<AuditEventType>(), type =>
    {
        Assert.True(AuditEventTypes.TryParse(AuditEventTypes.NameOf(type), out var parsed));
        Assert.Equal(type, parsed);
    });

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
