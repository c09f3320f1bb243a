using GrpcDcr.Admin.V1;
using GrpcDcr.V1;

namespace GrpcDcr.Client;

/// <summary>
/// Block rules, for administrators: they refuse or hold registrations and updates while the service runs. Every act is recorded in the
/// audit log. Safe for concurrent use; tests can derive from it.
/// </summary>
/// <remarks>Every method throws <see cref="GrpcDcrException"/> when the call failed.</remarks>
public class BlockRulesClient
{
    private readonly ServiceConnection _connection;
    private readonly BlockRules.BlockRulesClient _stub;

    internal BlockRulesClient(ServiceConnection connection) =>
        (_connection, _stub) = (connection, new BlockRules.BlockRulesClient(connection.Invoker));

    /// <summary>For derived classes that override the methods that are called.</summary>
    protected BlockRulesClient() => (_connection, _stub) = (null!, null!);

    /// <summary>Lists the rules that have not expired.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The rules, oldest first.</returns>
    public virtual async Task<IReadOnlyList<BlockRule>> ListAsync(CancellationToken cancellationToken = default)
    {
        var request = new ListBlockRulesRequest();
        return (await _connection.CallAsync(_stub.ListBlockRulesAsync, request, cancellationToken).ConfigureAwait(false)).BlockRules;
    }

    /// <summary>Creates a rule. It takes effect within a second on all instances.</summary>
    /// <param name="rule">Subject, value and reason; effect and expiry are optional.</param>
    /// <param name="cancellationToken">Stops waiting; the rule may still be created.</param>
    /// <returns>The rule with its identifier.</returns>
    /// <exception cref="GrpcDcrException"><see cref="ErrorReason.TooManyBlockRules"/>, or another fault.</exception>
    public virtual async Task<BlockRule> CreateAsync(CreateBlockRuleRequest rule, CancellationToken cancellationToken = default) =>
        (await _connection.CallAsync(_stub.CreateBlockRuleAsync, rule, cancellationToken).ConfigureAwait(false)).BlockRule;

    /// <summary>Deletes a rule.</summary>
    /// <param name="blockRuleId">The rule.</param>
    /// <param name="reason">The reason, for the audit log; at most 1,000 characters. Optional.</param>
    /// <param name="cancellationToken">Stops waiting; the rule may still be deleted.</param>
    /// <returns>A task that completes when the rule is deleted.</returns>
    /// <exception cref="GrpcDcrException"><see cref="ErrorReason.BlockRuleNotFound"/>, or another fault.</exception>
    public virtual async Task DeleteAsync(string blockRuleId, string? reason = null, CancellationToken cancellationToken = default)
    {
        var request = new DeleteBlockRuleRequest { BlockRuleId = blockRuleId, Reason = reason ?? "" };
        await _connection.CallAsync(_stub.DeleteBlockRuleAsync, request, cancellationToken).ConfigureAwait(false);
    }
}
