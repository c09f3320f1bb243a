using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Storage.Encoding;

/// <summary>Actors and approvals in stored records.</summary>
internal static class ActorRecord
{
    public static StoredActor ToStored(Actor actor) =>
        new() { Name = actor.Name, Role = (int)actor.Role, Proof = ToStored(actor.Proof) };

    public static StoredActorProof? ToStored(ActorProof? proof) => proof is null
        ? null
        : new StoredActorProof { Method = (int)proof.Method, Issuer = proof.Issuer, Subject = proof.Subject };

    public static StoredApproval ToStored(Approval approval)
    {
        var stored = new StoredApproval { Actor = ToStored(approval.Actor), Time = approval.Time.ToUnixTimeMilliseconds() };
        if (approval.Reason is { } reason)
        {
            stored.Reason = reason;
        }

        return stored;
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
