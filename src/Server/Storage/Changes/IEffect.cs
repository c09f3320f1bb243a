namespace GrpcDcr.Server.Storage.Changes;

/// <summary>What a change does to one stored thing. It may be judged more than once, and then does not remember the last time.</summary>
internal interface IEffect
{
    /// <summary>How it must end, given what the changes before it leave behind; <see cref="Ending.Done"/> means that it is to happen.</summary>
    Ending Judge(Draft draft);

    /// <summary>Says what <see cref="Judge"/> asks the draft for, so that an engine may read it beforehand.</summary>
    void Need(Needed needed);

    /// <summary>Makes it so, in the draft.</summary>
    void Happen(Draft draft);
}
