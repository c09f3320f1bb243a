using GrpcDcr.Server.Administration;
using GrpcDcr.Server.Endpoints.Console.Shared;
using GrpcDcr.Server.Storage;

namespace GrpcDcr.Server.Endpoints.Console.Clients;

/// <summary>Approves many clients, or their pending updates.</summary>
[StandsFor("ClientAdministration/BatchApproveClients")]
internal sealed class BatchApproveModel(ClientBatches batches, IClientReader store) : BatchAct(BatchActs.Approve, batches, store);
