using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage;
using GrpcDcr.Storage.Tests.Samples;
using GrpcDcr.TestKit.Samples;

namespace GrpcDcr.Storage.Tests.LiteDb;

/// <summary>What is known of one initial access token, but for its uses: others count them.</summary>
internal sealed class InitialAccessTokenAccount(InitialAccessToken token) : IAccount
{
    private static readonly DateTimeOffset Revocation = Sample.Start.AddHours(1);

    private bool _unanswered;

    public InitialAccessTokenId Id => token.Id;

    /// <summary>How many changes of it were acknowledged: it is issued, then revoked.</summary>
    public int Changes { get; private set; }

    public bool IsIssued => Changes > 0;

    public bool IsRevoked => Changes > 1;

    public async Task<bool> ChangeAsync(IRegistrationStore store, Dice dice)
    {
        try
        {
            if (!IsIssued)
            {
                await store.AddInitialAccessTokenAsync(token);
                Changes++;
            }
            else if (!IsRevoked && dice.OneIn(4))
            {
                Assert.Equal(RevokeOutcome.Revoked, await store.RevokeInitialAccessTokenAsync(Id, Revocation));
                Changes++;
            }

            return true;
        }
        catch (StorageException e)
        {
            _unanswered = e.Failure == StorageFailure.OutcomeUnknown;
            return false;
        }
    }

    /// <param name="found">As it is stored.</param>
    /// <param name="uses">How many clients it admitted, by what is known of them.</param>
    /// <param name="told">How many events tell of it.</param>
    public void Check(InitialAccessToken? found, int uses, int told)
    {
        Changes += _unanswered && told == Changes + 1 ? 1 : 0;
        _unanswered = false;
        Assert.Equal(Changes, told);
        var expected = !IsIssued ? null : token with
        {
            Uses = uses,
            LastUsedAt = uses > 0 ? Sample.Start : null,
            RevokedAt = IsRevoked ? Revocation : null,
        };
        Expect.Same(expected, found);
        Assert.True(uses <= (token.MaxUses ?? uses));
    }
}
