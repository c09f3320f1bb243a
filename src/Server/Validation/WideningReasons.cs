using System.Diagnostics;
using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Validation;

/// <summary>Why a change of a member waits for approval, for the client that asked for it.</summary>
internal static class WideningReasons
{
    /// <param name="name">The member, which may have a language tag.</param>
    public static string Of(string name) =>
        (MetadataMembers.Find(name) ?? MetadataMembers.FindTranslated(name)) is { } member
            ? Of(member)
            : "The deployment defines this member, and every change of it needs approval.";

    private static string Of(MetadataMember member) => member.OnUpdate switch
    {
        OnUpdate.WidensIfAdded when member.Parts == MemberParts.Targets =>
            "A URI with a scheme, host or port that is not approved, or with a path where the policy says so, needs approval.",
        OnUpdate.WidensIfAdded when member.Parts == MemberParts.Pages =>
            "A page with a scheme, host or port that is not approved needs approval.",
        OnUpdate.WidensIfAdded => "An added value needs approval.",
        OnUpdate.WidensIfRemoved => "This member protects the client, and its removal needs approval.",
        OnUpdate.WidensIfChanged => "Every change of this member needs approval.",
        OnUpdate.WidensIfWeaker => "A value that is not stronger, or that comes with other keys, needs approval.",
        OnUpdate.WidensIfGreater => "A greater value, or none, needs approval.",
        OnUpdate.Harmless => "It is part of an update that needs approval.",
        _ => throw new UnreachableException(),
    };
}
