using GrpcDcr.Server.Storage;
using GrpcDcr.TestKit.Samples;

namespace GrpcDcr.Storage.Tests.LiteDb;

/// <summary>What a <see cref="Witness"/> knows of one stored thing. One caller changes it at a time.</summary>
internal interface IAccount
{
    /// <summary>Makes one change. False when the store fails.</summary>
    Task<bool> ChangeAsync(IRegistrationStore store, Dice dice);
}
