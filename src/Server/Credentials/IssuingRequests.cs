using System.Diagnostics;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Credentials;

/// <summary>
/// Calls that issue a credential, by the <c>request_id</c> that the caller gave them. Each does its work once: a credential is shown once,
/// so that a repeated call can only be told what the first one did.
/// </summary>
internal sealed class IssuingRequests(IRegistrationStore store, TimeProvider time)
{
    /// <summary>How long a call is remembered at least.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromHours(24);

    /// <summary>Looks whether a call has done its work before, to be asked before anything else about it.</summary>
    /// <returns>The call, to be stored with its work; <see langword="null"/> when it has no <c>request_id</c>.</returns>
    /// <exception cref="RegistrationRefusedException">It has; or its <c>request_id</c> is none.</exception>
    public async ValueTask<IssuingRequest?> BeginAsync(IssuingCall call, string? requestId, CancellationToken cancellationToken)
    {
        if (requestId is null)
        {
            return null;
        }

        if (!Guid.TryParseExact(requestId, "D", out var id))
        {
            throw new RegistrationRefusedException(new RegistrationFault.InvalidArgument(
                "request_id", "The request_id must be a UUID of 36 characters with hyphens."));
        }

        var request = new IssuingRequest(call, SecretHash.Of($"{call} {id}"), time.Now() + Remembered);
        return await store.FindOneTimeUseAsync(request.Key, cancellationToken) is { } done ? throw Done(call, done) : request;
    }

    /// <summary>The refusal of a call that another one of its <c>request_id</c> was quicker than.</summary>
    public async Task<RegistrationRefusedException> RepeatedAsync(IssuingRequest request, CancellationToken cancellationToken) =>
        await store.FindOneTimeUseAsync(request.Key, cancellationToken) is { } done
            ? Done(request.Call, done)
            : throw new UnreachableException("The request was stored a moment ago.");

    private static RegistrationRefusedException Done(IssuingCall call, OneTimeUse done) =>
        new(new RegistrationFault.RequestAlreadyDone(KeyOf(call), $"{done.Result:D}"));

    /// <summary>What the call makes or changes.</summary>
    private static string KeyOf(IssuingCall call) => call switch
    {
        IssuingCall.Registration or IssuingCall.SecretRotation => "client_id",
        IssuingCall.InitialAccessToken => "initial_access_token_id",
        _ => throw new UnreachableException($"{call} issues nothing."),
    };
}

/// <summary>The calls that issue a credential.</summary>
internal enum IssuingCall
{
    Registration,
    SecretRotation,
    InitialAccessToken,
}

/// <summary>A call that names itself.</summary>
/// <param name="Call">What it issues.</param>
/// <param name="Key">Under which it is stored.</param>
/// <param name="Until">How long at least.</param>
internal sealed record IssuingRequest(IssuingCall Call, SecretHash Key, DateTimeOffset Until)
{
    /// <summary>The call with what it made or changed, to be stored in the same write.</summary>
    public OneTimeUse With(Guid result) => new(Key, Until, result);
}
