using System.Diagnostics;
using GrpcDcr.Server.Telemetry;

namespace GrpcDcr.Server.Storage;

/// <summary>The names of failures in telemetry.</summary>
internal static class StorageFailures
{
    /// <summary>One of the values of <see cref="Attributes.StoreError"/>.</summary>
    public static string NameOf(StorageFailure failure) => failure switch
    {
        StorageFailure.Unavailable => "unavailable",
        StorageFailure.Busy => "busy",
        StorageFailure.OutcomeUnknown => "outcome_unknown",
        StorageFailure.Corrupt => "corrupt",
        StorageFailure.InUse => "in_use",
        _ => throw new UnreachableException(),
    };
}
