using System.Diagnostics;
using GrpcDcr.Server.Storage;
using GrpcDcr.Server.Storage.Writes;

namespace GrpcDcr.Storage.Tests.Writes;

/// <summary>
/// An outcome is reported as success only where it is listed here: a new one is a defect until somebody decides what it means.
/// </summary>
public sealed class ChangeOutcomeTests
{
    [Fact]
    public void Only_done_and_repeated_add_a_client() =>
        Assert.Equal([ChangeOutcome.Done, ChangeOutcome.Repeated], Mapped(ChangeOutcomes.ToAddOutcome, AddOutcome.Added));

    [Fact]
    public void Only_done_replaces_a_client() =>
        Assert.Equal([ChangeOutcome.Done], Mapped(ChangeOutcomes.ToReplaceOutcome, ReplaceOutcome.Replaced));

    [Fact]
    public void Only_done_removes_a_client() =>
        Assert.Equal([ChangeOutcome.Done], Mapped(ChangeOutcomes.ToRemoveOutcome, RemoveOutcome.Removed));

    [Fact]
    public void Only_done_revokes() => Assert.Equal([ChangeOutcome.Done], Mapped(ChangeOutcomes.ToRevokeOutcome, RevokeOutcome.Revoked));

    [Fact]
    public void Only_done_and_repeated_import() => Assert.Equal(
        [ChangeOutcome.Done, ChangeOutcome.Repeated],
        Mapped(ChangeOutcomes.ToImportOutcome, ImportOutcome.Imported, ImportOutcome.AlreadyImported));

    [Fact]
    public void An_issued_token_is_new_or_was_asked_for_before()
    {
        Assert.Equal(IssueOutcome.Issued, ChangeOutcome.Done.ToIssueOutcome());
        Assert.Equal(IssueOutcome.RequestRepeated, ChangeOutcome.RequestRepeated.ToIssueOutcome());
        Assert.All(
            Enum.GetValues<ChangeOutcome>().Except([ChangeOutcome.Done, ChangeOutcome.RequestRepeated]),
            outcome => Assert.ThrowsAny<Exception>(() => outcome.ToIssueOutcome()));
    }

    [Fact]
    public void Only_done_is_done()
    {
        ChangeOutcome.Done.RequireDone();
        foreach (var outcome in Enum.GetValues<ChangeOutcome>().Where(outcome => outcome != ChangeOutcome.Done))
        {
            Assert.Throws<UnreachableException>(() => outcome.RequireDone());
        }
    }

    [Fact]
    public void Each_mapping_reaches_all_of_its_results()
    {
        Assert.Equal(Enum.GetValues<AddOutcome>().Order(), Results(ChangeOutcomes.ToAddOutcome));
        Assert.Equal(Enum.GetValues<ReplaceOutcome>().Order(), Results(ChangeOutcomes.ToReplaceOutcome));
        Assert.Equal(Enum.GetValues<RemoveOutcome>().Order(), Results(ChangeOutcomes.ToRemoveOutcome));
        Assert.Equal(Enum.GetValues<RevokeOutcome>().Order(), Results(ChangeOutcomes.ToRevokeOutcome));
        Assert.Equal(Enum.GetValues<ImportOutcome>().Order(), Results(ChangeOutcomes.ToImportOutcome));
    }

    private static IEnumerable<ChangeOutcome> Mapped<T>(Func<ChangeOutcome, T> map, params T[] to)
        where T : struct, Enum =>
        All().Where(outcome => TryMap(map, outcome) is { } result && to.Contains(result));

    private static IEnumerable<T> Results<T>(Func<ChangeOutcome, T> map)
        where T : struct, Enum =>
        All().Select(outcome => TryMap(map, outcome)).OfType<T>().Distinct().Order();

    /// <summary>Every outcome, and one that does not exist.</summary>
    private static IEnumerable<ChangeOutcome> All() => Enum.GetValues<ChangeOutcome>().Append((ChangeOutcome)int.MaxValue);

    private static T? TryMap<T>(Func<ChangeOutcome, T> map, ChangeOutcome outcome)
        where T : struct, Enum
    {
        try
        {
            return map(outcome);
        }
        catch (UnreachableException)
        {
            return null;
        }
    }
}
