using GrpcDcr.Server.Syntax;
using GrpcDcr.V1;

namespace GrpcDcr.Server.Endpoints.Errors;

/// <summary>The path of a violation in a gRPC request: members of the OAuth document are fields, or entries of three maps.</summary>
internal static class FieldPath
{
    private const string Metadata = "metadata";

    /// <summary>The update by the client itself, whose document is in <c>client</c>.</summary>
    private static readonly string UpdateMethod =
        $"/{ClientRegistration.Descriptor.FullName}/{nameof(ClientRegistration.ClientRegistrationBase.UpdateClient)}";

    /// <param name="violation">What is wrong.</param>
    /// <param name="method">The gRPC method that was called, <c>/service/method</c>.</param>
    public static string Of(Violation violation, string method)
    {
        var update = method == UpdateMethod ? "client." : "";
        return update.Length > 0 && ClientUpdate.Descriptor.FindFieldByName(violation.Member) is not null ? update + violation.Path
            : violation.Member.Length == 0 ? update + Metadata
            : update + Metadata + Inside(violation);
    }

    private static string Inside(Violation violation) =>
        ClientMetadata.Descriptor.FindFieldByName(violation.Member) is not null ? $".{violation.Path}"
        : violation.Member.Contains('#', StringComparison.Ordinal) ? $".localized[\"{violation.Member}\"]"
        : Model.MetadataMembers.FindByChoices(violation.Member) is not null ? $".choices[\"{violation.Member}\"]"
        : $".extensions[\"{violation.Member}\"]";
}
