using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage;
using GrpcDcr.Storage.Tests.Samples;

namespace GrpcDcr.Storage.Tests.Contract;

/// <summary>The block rules.</summary>
public abstract class BlockRuleContract : StoreContract
{
    private protected BlockRuleContract(Func<StoreHome> newHome)
        : base(newHome)
    {
    }

    [Fact]
    public async Task Rules_are_kept_in_the_order_of_their_creation_each_with_its_event()
    {
        var (first, second) = (Rule("evil.example"), Rule("*.bad.example") with { ExpiresAt = Sample.Start.AddDays(1) });
        Assert.Equal(AddBlockRuleOutcome.Added, await Store.AddBlockRuleAsync(first));
        Assert.Equal(AddBlockRuleOutcome.Added, await Store.AddBlockRuleAsync(second));

        Assert.Equal([first, second], (await Store.GetRegistrationStatusAsync()).BlockRules);
        await ReopenAsync();
        Assert.Equal([first, second], (await Store.GetRegistrationStatusAsync()).BlockRules);
        Assert.Equal(2, (await Store.AuditAsync()).Count);
    }

    [Fact]
    public async Task A_rule_that_expired_before_another_one_was_created_is_removed_with_that_one()
    {
        var (expired, later) = (Rule("a.example") with { ExpiresAt = Sample.Start }, Rule("b.example"));
        await Store.AddBlockRuleAsync(expired);
        await Store.AddBlockRuleAsync(later);

        Assert.Equal([later], (await Store.GetRegistrationStatusAsync()).BlockRules);
    }

    [Fact]
    public async Task A_removed_rule_is_gone_and_one_that_is_not_there_leaves_no_event()
    {
        var (kept, removed) = (Rule("a.example"), Rule("b.example"));
        await Store.AddBlockRuleAsync(kept);
        await Store.AddBlockRuleAsync(removed);

        Assert.Equal(RemoveOutcome.Removed, await Store.RemoveBlockRuleAsync(removed.Id));
        Assert.Equal(RemoveOutcome.NotFound, await Store.RemoveBlockRuleAsync(removed.Id));

        await ReopenAsync();
        Assert.Equal([kept], (await Store.GetRegistrationStatusAsync()).BlockRules);
        Assert.Equal(3, (await Store.AuditAsync()).Count);
    }

    [Fact]
    public async Task Closing_and_opening_registration_leaves_the_rules_as_they_are()
    {
        var rule = Rule("a.example");
        await Store.AddBlockRuleAsync(rule);
        await Store.SetRegistrationStatusAsync(new RegistrationStatus(Closed: true, "a flood"));
        Assert.Equal(new RegistrationStatus(Closed: true, "a flood") { BlockRules = [rule] }, await Store.GetRegistrationStatusAsync());

        await Store.SetRegistrationStatusAsync(RegistrationStatus.Enabled);
        Assert.Equal(RegistrationStatus.Enabled with { BlockRules = [rule] }, await Store.GetRegistrationStatusAsync());
    }

    [Fact]
    public async Task Rules_that_are_created_together_are_all_there()
    {
        var rules = Enumerable.Range(0, 40).Select(i => Rule($"h{i}.example")).ToList();
        await Task.WhenAll(rules.Select(rule => Store.AddBlockRuleAsync(rule).AsTask()));

        Assert.Equal(
            rules.Select(rule => rule.Value).Order(),
            (await Store.GetRegistrationStatusAsync()).BlockRules.Select(rule => rule.Value).Order());
        Assert.Equal(40, (await Store.AuditAsync()).Count);
    }

    [Fact]
    public async Task There_is_room_for_200_KiB_and_what_does_not_fit_leaves_no_event()
    {
        var large = Rule(new string('h', 60_000));
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(AddBlockRuleOutcome.Added, await Store.AddBlockRuleAsync(large with { Id = Guid.CreateVersion7() }));
        }

        Assert.Equal(AddBlockRuleOutcome.TooMany, await Store.AddBlockRuleAsync(large with { Id = Guid.CreateVersion7() }));
        Assert.Equal(AddBlockRuleOutcome.Added, await Store.AddBlockRuleAsync(Rule("a.example")));
        Assert.Equal(4, (await Store.AuditAsync()).Count);
    }

    private static BlockRule Rule(string host) => new(
        Guid.CreateVersion7(), BlockSubject.RedirectHost, host, BlockEffect.Refuse, "abuse ü", Sample.Start, "alice");
}
