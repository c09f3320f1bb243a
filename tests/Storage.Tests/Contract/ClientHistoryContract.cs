using GrpcDcr.Server.Model;
using GrpcDcr.Storage.Tests.Samples;

namespace GrpcDcr.Storage.Tests.Contract;

/// <summary>The audit events of one client: all of them and no other, also after it is gone.</summary>
public abstract class ClientHistoryContract : StoreContract
{
    private protected ClientHistoryContract(Func<StoreHome> newHome)
        : base(newHome)
    {
    }

    [Fact]
    public async Task Notes_about_a_client_are_found_by_client_and_type_also_after_it_is_gone()
    {
        var client = Sample.NewClient();
        await Store.AddAsync(client);
        var note = Sample.Event(client.Id, AuditEventType.ClientNoteAdded) with { Detail = new AuditDetail.ClientNote("two\nlines ü") };
        await Store.RecordAsync(note);
        await Store.RecordAsync(Sample.Event(Sample.NewId(), AuditEventType.ClientNoteAdded));
        await Store.RemoveAsync(client.Id, 1);

        await ReopenAsync();

        Expect.Same(
            [note with { Sequence = 2 }], await Store.AuditAsync(new AuditFilter(client.Id, AuditEventType.ClientNoteAdded)));
    }

    [Fact]
    public async Task The_history_of_a_client_is_whole_in_pages_of_any_size_and_in_both_orders()
    {
        var clients = Enumerable.Range(0, 40).Select(_ => Sample.NewClient()).ToList();
        await Task.WhenAll(clients.Select(client => Store.AddAsync(client).AsTask()));
        await Store.ReplaceAsync(clients[3].Next());
        await Store.RecordAsync(Sample.Event(clients[3].Id, AuditEventType.ClientNoteAdded));
        await ReopenAsync();
        await Store.ReplaceAsync(clients[35].Next());
        await Store.RemoveAsync(clients[3].Id, 2);
        await Store.RemoveAsync(clients[7].Id, 1);
        await Store.RecordAsync(Sample.Event(clients[3].Id, AuditEventType.ClientNoteAdded));
        var gone = Sample.NewClient();
        await Store.AddAsync(gone);
        await Store.RemoveAsync(gone.Id, 1);
        await ReopenAsync();
        await Store.AddAsync(gone);
        await Store.RemoveAsync(gone.Id, 1);

        var all = await Store.AuditAsync();
        foreach (var id in clients.Append(gone).Select(client => client.Id))
        {
            var expected = all.FindAll(e => e.ClientId == id);
            foreach (var size in new[] { 1, 2, 100 })
            {
                Expect.Same(expected, await Store.AuditAsync(new AuditFilter(id), size));
                Expect.Same(
                    [.. Enumerable.Reverse(expected)], await Store.AuditAsync(new AuditFilter(id), size, ListOrder.NewestFirst));
            }
        }
    }
}
