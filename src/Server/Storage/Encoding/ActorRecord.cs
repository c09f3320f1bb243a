using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Storage.Encoding;

/// <summary>Actors and approvals in stored records.</summary>
internal static class ActorRecord
{
    public static void Write(RecordWriter record, Actor actor)
    {
        record.Text(StoredActor.NameFieldNumber, actor.Name);
        record.Number(StoredActor.RoleFieldNumber, (long)actor.Role);
        record.Message(StoredActor.ProofFieldNumber, actor.Proof, Write);
    }

    public static void Write(RecordWriter record, ActorProof proof)
    {
        record.Number(StoredActorProof.MethodFieldNumber, (long)proof.Method);
        record.Text(StoredActorProof.IssuerFieldNumber, proof.Issuer);
        record.Text(StoredActorProof.SubjectFieldNumber, proof.Subject);
    }

    public static void Write(RecordWriter record, Approval approval)
    {
        record.Message(StoredApproval.ActorFieldNumber, approval.Actor, Write);
        record.Number(StoredApproval.TimeFieldNumber, approval.Time.ToUnixTimeMilliseconds());
        record.Text(StoredApproval.ReasonFieldNumber, approval.Reason);
    }

    /// <exception cref="ArgumentException">The role or the method is not known.</exception>
    public static Actor ToModel(StoredActor stored) => ToModel(stored.Name, stored.Role, stored.Proof);

    /// <exception cref="ArgumentException">The role or the method is not known.</exception>
    public static Actor ToModel(string name, int role, StoredActorProof? proof) => new(
        name,
        Known((ActorRole)role),
        proof is null ? null : new ActorProof(Known((AuthenticationMethod)proof.Method), proof.Issuer, proof.Subject));

    /// <exception cref="ArgumentException">The actor is missing, or is not known.</exception>
    public static Approval ToModel(StoredApproval stored) => new(
        ToModel(stored.Actor ?? throw new ArgumentException("An approval has an actor.")),
        DateTimeOffset.FromUnixTimeMilliseconds(stored.Time),
        stored.HasReason ? stored.Reason : null);

    private static T Known<T>(T value)
        where T : struct, Enum =>
        Enum.IsDefined(value) ? value : throw new ArgumentException($"{value} is no {typeof(T).Name}.");
}
