using System.Diagnostics;
using GrpcDcr.Admin.V1;

namespace GrpcDcr.Server.Endpoints.Mapping;

/// <summary>Maps actors to messages.</summary>
internal static class ActorMapping
{
    public static Actor ToMessage(this Model.Actor model)
    {
        var message = new Actor { Name = model.Name, Role = (ActorRole)(int)model.Role, AuthenticationMethod = MethodOf(model) };
        if (model.Proof is { } proof)
        {
            message.Issuer = proof.Issuer;
            message.Subject = proof.Subject;
        }

        return message;
    }

    /// <summary>The tokens of the configuration need no other proof.</summary>
    private static AuthenticationMethod MethodOf(Model.Actor model) => model switch
    {
        { Proof: { } proof } => (AuthenticationMethod)(int)proof.Method,
        { Role: Model.ActorRole.Unknown or Model.ActorRole.Client or Model.ActorRole.System } => AuthenticationMethod.Unspecified,
        {
            Role: Model.ActorRole.Admin or Model.ActorRole.Approver or Model.ActorRole.Viewer or Model.ActorRole.Directory
            or Model.ActorRole.Secrets
        } => AuthenticationMethod.Token,
        _ => throw new UnreachableException(),
    };
}
