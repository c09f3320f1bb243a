using GrpcDcr.Server.Storage;

namespace GrpcDcr.Server.Errors;

/// <summary>The fault that a caller gets for an exception. The text of the exception is for the log only.</summary>
internal static class FaultTranslation
{
    private static readonly TimeSpan SoonAgain = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LaterAgain = TimeSpan.FromSeconds(10);

    public static RegistrationFault Of(Exception exception) => exception switch
    {
        RegistrationRefusedException refused => refused.Fault,
        StorageException { Failure: StorageFailure.Busy } => new RegistrationFault.StoreUnavailable(SoonAgain),
        StorageException { Failure: StorageFailure.Unavailable or StorageFailure.OutcomeUnknown } =>
            new RegistrationFault.StoreUnavailable(LaterAgain),
        _ => new RegistrationFault.Internal(),
    };
}
