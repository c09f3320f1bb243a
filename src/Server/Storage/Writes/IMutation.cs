namespace GrpcDcr.Server.Storage.Writes;

/// <summary>What a change does to one stored thing. It may be validated more than once, and then does not remember the last time.</summary>
internal interface IMutation
{
    /// <summary>How it must end, given what the changes before it leave behind; <see cref="ChangeOutcome.Done"/> means that it is to happen.</summary>
    ChangeOutcome Check(WriteBatch writes);

    /// <summary>Says what <see cref="Check"/> asks the writes for, so that an engine may read it beforehand.</summary>
    void AddReads(ReadSet reads);

    /// <summary>Makes it so, in the writes.</summary>
    void Apply(WriteBatch writes);
}
