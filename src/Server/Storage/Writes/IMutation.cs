namespace GrpcDcr.Server.Storage.Writes;

/// <summary>What a change does to one record. It has no state: it may be validated more than once.</summary>
internal interface IMutation
{
    /// <summary>The size of the record that it holds; zero if it holds none, or a small one.</summary>
    int Bytes => 0;

    /// <summary>
    /// The outcome, given what the changes before it have written; <see cref="ChangeOutcome.Done"/> means that it may be applied.
    /// </summary>
    ChangeOutcome Check(WriteBatch writes);

    /// <summary>Adds the records that <see cref="Check"/> looks up, so that an engine can read them beforehand.</summary>
    void AddReads(ReadSet reads);

    /// <summary>Adds its writes to the batch.</summary>
    void Apply(WriteBatch writes);
}
