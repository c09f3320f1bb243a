using GrpcDcr.Server.Administration;
using GrpcDcr.Server.Endpoints.Console.Shared;
using GrpcDcr.Server.Storage;
using Microsoft.AspNetCore.Mvc;

namespace GrpcDcr.Server.Endpoints.Console.Clients;

/// <summary>Rejects many clients, or their pending updates.</summary>
[StandsFor("ClientAdministration/BatchRejectClients")]
internal sealed class BatchRejectModel(ClientBatches batches, IClientReader store) : BatchAct(BatchActs.Reject, batches, store)
{
    [FromForm(Name = "public_reason")]
    public string? PublicReason { get; set; }

    protected override string? ForUsers => PublicReason;
}
