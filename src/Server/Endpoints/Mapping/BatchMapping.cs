using GrpcDcr.Admin.V1;
using GrpcDcr.Server.Administration;
using GrpcDcr.Server.Errors;
using ClientFilter = GrpcDcr.Admin.V1.ClientFilter;

namespace GrpcDcr.Server.Endpoints.Mapping;

/// <summary>Maps acts on many clients between messages and model.</summary>
internal static class BatchMapping
{
    /// <exception cref="RegistrationRefusedException">The filter is invalid.</exception>
    public static BatchSelection ToModel(IEnumerable<ClientVersion> clients, ClientFilter? filter, int? expectedCount) => new(
        [.. clients.Select(client => new BatchClient(client.ClientId, client.Etag.Length == 0 ? null : client.Etag))],
        filter is null ? null : ClientFilterMapping.ToModel(filter),
        expectedCount);

    public static ClientActResult ToMessage(this BatchResult result) => new()
    {
        ClientId = result.ClientId,
        Refusal = result.Fault is { } fault ? new Refusal { Reason = fault.Reason, Description = fault.Description } : null,
    };
}
