namespace GrpcDcr.Server.Model;

/// <summary>The order of a list by time: of registration for clients, of the sequence for audit events.</summary>
internal enum ListOrder
{
    OldestFirst,
    NewestFirst,
}
