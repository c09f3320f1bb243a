using System.Diagnostics;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Credentials;

/// <summary>
/// Calls that issue a credential, by their <c>request_id</c>. Each takes effect once. A credential is shown only once, so a repeated call
/// can only learn what the first one did.
/// </summary>
internal sealed class IssuingRequests(IRegistrationStore store, TimeProvider time)
{
    /// <summary>How long a call is remembered, at least.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromHours(24);

    /// <summary>Checks whether an earlier call with this <c>request_id</c> took effect. Must be called before anything else.</summary>
    /// <returns>The call, to be stored with its change; <see langword="null"/> if it has no <c>request_id</c>.</returns>
    /// <exception cref="RegistrationRefusedException">An earlier call took effect, or the <c>request_id</c> is malformed.</exception>
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

    /// <summary>The refusal of a call when another call with its <c>request_id</c> came first.</summary>
    public async Task<RegistrationRefusedException> RepeatedAsync(IssuingRequest request, CancellationToken cancellationToken) =>
        await store.FindOneTimeUseAsync(request.Key, cancellationToken) is { } done
            ? Done(request.Call, done)
            : throw new UnreachableException("The request was stored a moment ago.");

    /// <summary>Whether a client was added. If not, its identifier was taken, and it needs another one.</summary>
    /// <exception cref="RegistrationRefusedException">What admits the client, or the call, has had its effect already.</exception>
    public async ValueTask<bool> IsAddedAsync(AddOutcome outcome, IssuingRequest? request, CancellationToken cancellationToken) =>
        outcome switch
        {
            AddOutcome.Added => true,
            AddOutcome.ClientIdTaken => false,
            AddOutcome.InitialAccessTokenSpent => throw new RegistrationRefusedException(
                new RegistrationFault.CredentialInvalid("The initial access token")),
            AddOutcome.SoftwareStatementReplayed => throw new RegistrationRefusedException(SoftwareStatementFaults.Replayed),
            AddOutcome.RequestRepeated => throw await RepeatedAsync(request!, cancellationToken),
            _ => throw new UnreachableException($"Adding a client ended as {outcome}."),
        };

    private static RegistrationRefusedException Done(IssuingCall call, OneTimeUse done) =>
        new(new RegistrationFault.RequestAlreadyDone(KeyOf(call), $"{done.Result:D}"));

    /// <summary>The key under which the error names what the call created or changed.</summary>
    private static string KeyOf(IssuingCall call) => call switch
    {
        IssuingCall.Registration or IssuingCall.SecretRotation or IssuingCall.RegistrationAccessToken
            or IssuingCall.Creation => "client_id",
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
    RegistrationAccessToken,
    Creation,
}

/// <summary>A call with a <c>request_id</c>.</summary>
/// <param name="Call">What it issues.</param>
/// <param name="Key">The key under which it is stored.</param>
/// <param name="Until">When it may be forgotten.</param>
internal sealed record IssuingRequest(IssuingCall Call, SecretHash Key, DateTimeOffset Until)
{
    /// <summary>The call with what it created or changed, to be stored in the same write.</summary>
    public OneTimeUse With(Guid result) => new(Key, Until, result);
}
