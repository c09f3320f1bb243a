using GrpcDcr.Server.Administration;
using GrpcDcr.Server.Endpoints.Console.Shared;
using GrpcDcr.Server.Storage;

namespace GrpcDcr.Server.Endpoints.Console.Clients;

/// <summary>Deletes many clients.</summary>
[StandsFor("ClientAdministration/BatchDeleteClients")]
internal sealed class BatchDeleteModel(ClientBatches batches, IClientReader store) : BatchAct(BatchActs.Delete, batches, store);
