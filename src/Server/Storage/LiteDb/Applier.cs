using GrpcDcr.Server.Storage.LiteDb.Journal;

namespace GrpcDcr.Server.Storage.LiteDb;

/// <summary>
/// Brings the journal into LiteDB: a thread that takes what is durable already, and writes it in one transaction. The only one that changes
/// LiteDB. Callers wait for it only where they ask LiteDB for lists, or when too much waits.
/// </summary>
internal sealed class Applier : IAsyncDisposable
{
    private static readonly TimeSpan TickPeriod = TimeSpan.FromSeconds(1);

    private readonly LiteDbOwner owner;
    private readonly StoreMemory memory;
    private readonly ChangeJournal journal;
    private readonly Checkpointer checkpointer;
    private readonly StoreCondition condition;
    private readonly TimeProvider time;
    private readonly Backlog backlog;
    private readonly ITimer ticks;
    private readonly TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long applied;

    public Applier(
        LiteDbOwner owner, StoreMemory memory, ChangeJournal journal, Checkpointer checkpointer, StoreCondition condition,
        LiteDbOptions options, TimeProvider time)
    {
        (this.owner, this.memory, this.journal, this.checkpointer, this.condition) = (owner, memory, journal, checkpointer, condition);
        this.time = time;
        backlog = new Backlog(options, condition, time);
        new Thread(Run) { Name = "GrpcDcr applier", IsBackground = true }.Start();
        ticks = time.CreateTimer(_ => backlog.Tick(), null, TickPeriod, TickPeriod);
    }

    /// <summary>Completes when LiteDB has all of the journal, and the disk has taken a first write.</summary>
    public Task Started => started.Task;

    /// <summary>Takes an entry that is durable, and that the memory knows.</summary>
    public void Add(JournalEntry entry) => backlog.Add(entry);

    /// <summary>Waits until not too much waits.</summary>
    public void AwaitRoom() => backlog.AwaitRoom();

    /// <summary>Completes when LiteDB has all that was added so far.</summary>
    /// <exception cref="StorageException">It never will.</exception>
    public Task AppliedAsync(CancellationToken cancellationToken) => backlog.AppliedAsync(onDisk: false).WaitAsync(cancellationToken);

    /// <summary>Completes when the log of pages has all that was added so far, on disk.</summary>
    /// <exception cref="StorageException">It never will.</exception>
    public Task LoggedAsync(CancellationToken cancellationToken) => backlog.AppliedAsync(onDisk: true).WaitAsync(cancellationToken);

    /// <summary>Brings in what waits, moves it into the data file, and ends the thread.</summary>
    public async ValueTask DisposeAsync()
    {
        await ticks.DisposeAsync();
        backlog.Close();
        await finished.Task;
    }

    private void Run()
    {
        try
        {
            Start();
            while (backlog.Next(out var entries, out var hasTicked))
            {
                Apply(entries);
                backlog.Applied(applied, owner.MakeDurable);
                Checkpoint(hasTicked);
            }

            checkpointer.Run(applied);
        }
        catch (Exception e)
        {
            if (!started.TrySetException(e))
            {
                condition.Stop("What the journal has could not be brought into LiteDB; the next start tries again.", e);
            }
        }
        finally
        {
            backlog.End();
            finished.SetResult();
        }
    }

    /// <summary>Brings in what the last process left, and finds out before anyone depends on it whether the disk takes writes.</summary>
    private void Start()
    {
        applied = owner.Ask(tables => tables.Progress.Read());
        foreach (var entry in journal.Behind(applied))
        {
            backlog.Add(entry);
        }

        while (backlog.Some() is { Count: > 0 } entries)
        {
            Apply(entries);
        }

        backlog.Applied(applied, owner.MakeDurable);
        checkpointer.Run(applied);
        if (condition.HasStopped)
        {
            throw condition.Refusal;
        }

        if (condition.TakesChanges)
        {
            owner.Touch();
            owner.MakeDurable();
        }

        started.SetResult();
    }

    private void Apply(IReadOnlyList<JournalEntry> entries)
    {
        if (entries.Count == 0)
        {
            return;
        }

        owner.Apply(JournalEntry.Together(entries), time.GetUtcNow());
        applied = entries[^1].Number;
        foreach (var entry in entries)
        {
            memory.Forget(entry);
        }
    }

    private void Checkpoint(bool hasTicked)
    {
        if (hasTicked)
        {
            checkpointer.OnTick(applied);
        }
        else
        {
            checkpointer.RunIfDue(applied);
        }
    }
}
