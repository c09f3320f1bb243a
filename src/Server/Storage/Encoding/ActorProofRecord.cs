using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Storage.Encoding;

/// <summary>The proof of an actor in stored records.</summary>
internal static class ActorProofRecord
{
    public static StoredActorProof? Encode(ActorProof? proof) => proof is null
        ? null
        : new StoredActorProof { Method = (int)proof.Method, Issuer = proof.Issuer, Subject = proof.Subject };

    /// <exception cref="ArgumentException">The method is not known.</exception>
    public static ActorProof? ProofOf(StoredActorProof? stored) => stored is null
        ? null
        : Enum.IsDefined((AuthenticationMethod)stored.Method)
            ? new ActorProof((AuthenticationMethod)stored.Method, stored.Issuer, stored.Subject)
            : throw new ArgumentException($"{stored.Method} is no {nameof(AuthenticationMethod)}.");
}
