using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage;
using GrpcDcr.Server.Storage.LiteDb.Files;
using GrpcDcr.Server.Storage.LiteDb.Journal;
using GrpcDcr.Server.Storage.Writes;
using GrpcDcr.Storage.Tests.Samples;

namespace GrpcDcr.Storage.Tests.LiteDb;

/// <summary>The journal by itself, in segments of 16 KiB.</summary>
public sealed class JournalTests
{
    private const long SegmentBytes = 16 * 1024;

    private static readonly Guid StoreId = new("01890a5d-ac96-774b-bcce-b302099a8057");

    private readonly SimulatedDisk _disk = new();

    [Fact]
    public void All_of_an_entry_comes_back()
    {
        var (added, changed, removed) = (Sample.NewClient(), Sample.NewClient().Next(), Sample.NewClient().Id);
        var (issued, spent) = (Sample.NewInitialAccessToken(), Sample.NewInitialAccessToken(maxUses: 2));
        var entry = new JournalEntry(
            1,
            new([EncodedRecord.Of(added)], [EncodedRecord.Of(changed)], [removed]),
            new([EncodedRecord.Of(issued)], [EncodedRecord.Of(spent)], []),
            [Sample.SoftwareStatement("one"), Sample.Request("two", Guid.CreateVersion7())],
            EncodedRecord.Of(new RegistrationStatus(true)),
            [EncodedAuditEvent.Of(Sample.Event()), EncodedAuditEvent.Of(Sample.Event())]);
        using (var journal = Open(mayCreate: true))
        {
            journal.Append(entry);
        }

        using var again = Open();
        var found = Assert.Single(again.After(0));

        Assert.Equal(1, found.Number);
        Expect.Same([added], found.Clients.Inserted.Select(k => k.Value));
        Expect.Same([changed], found.Clients.Updated.Select(k => k.Value));
        Assert.Equal([removed], found.Clients.Deleted);
        Expect.Same([issued], found.InitialAccessTokens.Inserted.Select(k => k.Value));
        Expect.Same([spent], found.InitialAccessTokens.Updated.Select(k => k.Value));
        Assert.Equal(entry.OneTimeUses.Select(u => (Convert.ToHexString(u.Key.Bytes.Span), u.Until, u.Result)),
            found.OneTimeUses.Select(u => (Convert.ToHexString(u.Key.Bytes.Span), u.Until, u.Result)));
        Assert.Equal(entry.RegistrationStatus!.Bytes, found.RegistrationStatus!.Bytes);
        Assert.Equal(
            entry.AuditEvents.Select(e => (e.Subject, e.Type, e.Time)), found.AuditEvents.Select(e => (e.Subject, e.Type, e.Time)));
        Assert.All(entry.AuditEvents.Zip(found.AuditEvents), pair => Assert.Equal(pair.First.Bytes, pair.Second.Bytes));
    }

    [Fact]
    public void Entries_of_both_segments_come_back_in_order()
    {
        using (var journal = Open(mayCreate: true))
        {
            Append(journal, 1, 60, released: number => number - 20);
        }

        using var again = Open();
        Assert.Equal(Enumerable.Range(45, 16).Select(i => (long)i), again.After(44).Select(e => e.Number));
    }

    [Fact]
    public void A_segment_is_used_again_once_what_it_has_is_released_and_not_before()
    {
        using var journal = Open(mayCreate: true);

        Append(journal, 1, 400, released: number => number - 5);
        Assert.All(StoreFiles.Journal, name => Assert.InRange(_disk[name].Length, 1, 32 * 1024));

        Append(journal, 401, 200, released: _ => 395);
        Assert.Contains(StoreFiles.Journal, name => _disk[name].Length > 64 * 1024);
        journal.Dispose();
        using var again = Open();
        Assert.Equal(Enumerable.Range(396, 205).Select(i => (long)i), again.After(395).Select(e => e.Number));
    }

    [Fact]
    public void A_missing_entry_is_refused()
    {
        using (var journal = Open(mayCreate: true))
        {
            Append(journal, 5, 3, released: _ => 0);
        }

        using var again = Open();
        var e = Assert.Throws<StorageException>(() => again.After(3));

        Assert.Equal(StorageFailure.Corrupt, e.Failure);
        Assert.Contains("Change 4 is missing", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void It_goes_on_where_LiteDB_has_more_than_was_left_of_it()
    {
        using (var journal = Open(mayCreate: true))
        {
            Append(journal, 1, 3, released: number => number);
            journal.Release(9);
            Append(journal, 10, 2, released: _ => 9);
        }

        using var again = Open();
        Assert.Equal([10, 11], again.After(9).Select(e => e.Number));
    }

    [Fact]
    public void One_failed_write_ends_it()
    {
        using var journal = Open(mayCreate: true);
        _disk.Before = (_, act) =>
        {
            if (act == DiskAct.Sync)
            {
                throw new IOException("Input/output error");
            }
        };
        Assert.Equal(StorageFailure.OutcomeUnknown, Assert.Throws<StorageException>(() => journal.Append(Entry(1))).Failure);

        _disk.Before = null;

        Assert.Equal(StorageFailure.Unavailable, Assert.Throws<StorageException>(() => journal.Append(Entry(1))).Failure);
    }

    [Fact]
    public void Entries_that_follow_one_another_leave_behind_what_the_last_one_does()
    {
        var (kept, gone, changed, removed, back) =
            (Sample.NewClient(), Sample.NewClient(), Sample.NewClient(), Sample.NewClient(), Sample.NewClient());

        var merged = RecordChanges<ClientId, RegisteredClient>.Merge(
            [
                new(
                    [EncodedRecord.Of(kept), EncodedRecord.Of(gone)], [EncodedRecord.Of(changed.Next()), EncodedRecord.Of(removed.Next())],
                    [back.Id]),
                new(
                    [EncodedRecord.Of(back)], [EncodedRecord.Of(kept.Next()), EncodedRecord.Of(changed.Next().Next())],
                    [gone.Id, removed.Id]),
            ],
            client => client.Id);

        Expect.Same([kept.Next()], merged.Inserted.Select(k => k.Value));
        Expect.Same([changed.Next().Next(), back], merged.Updated.Select(k => k.Value).OrderBy(c => c.Version).Reverse());
        Assert.Equal([removed.Id], merged.Deleted);
    }

    private static JournalEntry Entry(long number) => new(
        number, new([EncodedRecord.Of(Sample.NewClient())], [], []), new([], [], []), [], null, [EncodedAuditEvent.Of(Sample.Event())]);

    /// <summary>Each entry takes one or two KiB.</summary>
    private static void Append(ChangeJournal journal, long first, int count, Func<long, long> released)
    {
        for (var number = first; number < first + count; number++)
        {
            journal.Append(Entry(number));
            journal.Release(released(number));
        }
    }

    private ChangeJournal Open(bool mayCreate = false) => ChangeJournal.Open(_disk, StoreId, SegmentBytes, mayCreate);
}
