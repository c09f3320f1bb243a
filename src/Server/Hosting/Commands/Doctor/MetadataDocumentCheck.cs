using GrpcDcr.Server.Endpoints.Discovery;
using GrpcDcr.Server.Hosting.Settings;

namespace GrpcDcr.Server.Hosting.Commands.Doctor;

/// <summary>Whether the metadata document of the authorization server is served (RFC 8414).</summary>
internal static class MetadataDocumentCheck
{
    public static Task<Finding[]> FindAsync(ServerSettings settings, CancellationToken cancellationToken)
    {
        var missing = RequiredMembers.MissingIn(settings.BaseDocument.Members, settings.Registration.Policies.Server);
        return Task.FromResult<Finding[]>(
        [
            missing.Count == 0
                ? Finding.Good("it is complete.")
                : Finding.Warning(
                    $"it is not served, because it would lack {string.Join(" and ", missing)}: name a document of the authorization "
                    + $"server in {MetadataOptions.Section}:{nameof(MetadataOptions.BaseDocumentPath)}."),
        ]);
    }
}
