using GrpcDcr.Server.Model;
using GrpcDcr.Storage.Tests.Samples;

namespace GrpcDcr.Storage.Tests.Contract;

/// <summary>Whether registration is closed.</summary>
public abstract class RegistrationStatusContract : StoreContract
{
    private static readonly RegistrationStatus Closed = new(Closed: true, "an incident ü", Sample.Start);

    private protected RegistrationStatusContract(Func<StoreHome> newHome)
        : base(newHome)
    {
    }

    [Fact]
    public async Task Registration_is_open_until_an_administrator_closes_it()
    {
        Assert.Equal(RegistrationStatus.Enabled, await Store.GetRegistrationStatusAsync());

        await ReopenAsync();
        Assert.Equal(RegistrationStatus.Enabled, await Store.GetRegistrationStatusAsync());
    }

    [Fact]
    public async Task The_status_stays_as_it_was_last_set_and_each_change_leaves_its_event()
    {
        var opened = new RegistrationStatus(Closed: false, ChangedAt: Sample.Start.AddMinutes(1));

        await Store.SetRegistrationStatusAsync(Closed);
        Assert.Equal(Closed, await Store.GetRegistrationStatusAsync());
        await ReopenAsync();
        Assert.Equal(Closed, await Store.GetRegistrationStatusAsync());

        await Store.SetRegistrationStatusAsync(opened);
        Assert.Equal(opened, await Store.GetRegistrationStatusAsync());
        await ReopenAsync();
        Assert.Equal(opened, await Store.GetRegistrationStatusAsync());
        Assert.Equal(2, (await Store.AuditAsync()).Count);
    }

    [Fact]
    public async Task Of_changes_made_together_the_last_one_stays()
    {
        await Task.WhenAll(Enumerable.Range(1, 20).Select(
            i => Store.SetRegistrationStatusAsync(new RegistrationStatus(i % 2 == 0, $"change {i}")).AsTask()));

        Assert.Equal("change 20", (await Store.GetRegistrationStatusAsync()).Reason);
        Assert.Equal(20, (await Store.AuditAsync()).Count);
    }

    [Fact]
    public async Task A_reason_of_more_than_256_KiB_is_refused()
    {
        await Assert.ThrowsAnyAsync<ArgumentException>(
            () => Store.SetRegistrationStatusAsync(Closed with { Reason = new string('r', 256 * 1024) }).AsTask());

        Assert.Equal(RegistrationStatus.Enabled, await Store.GetRegistrationStatusAsync());
        Assert.Empty(await Store.AuditAsync());
    }
}
