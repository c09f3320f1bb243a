using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy.Hosts;
using GrpcDcr.Server.Syntax;
using GrpcDcr.Server.Validation.Values;

namespace GrpcDcr.Server.Administration;

/// <summary>Rules for requests to issue an initial access token.</summary>
internal static class InitialAccessTokenRequestRules
{
    private const int MaxLabelLength = 200;
    private const int MaxListLength = 100;
    private const int MaxEntryLength = 300;

    private static readonly TimeSpan ShortestLifetime = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestLifetime = TimeSpan.FromDays(3650);

    /// <exception cref="RegistrationRefusedException">A field is wrong; the error names it and what is allowed.</exception>
    public static void Check(InitialAccessTokenRequest request, DateTimeOffset now)
    {
        CheckText("label", request.Label);
        CheckText("constraints.owner", request.Constraints.Owner);
        CheckText("constraints.software_id", request.Constraints.SoftwareId);
        CheckLifetime("ttl", request.TimeToLive);
        CheckLifetime("expire_time", request.ExpiresAt - now);
        Require(request.MaxUses is not < 1, "max_uses", "The max_uses must be 1 or more; leave it out for an unlimited number.");
        CheckList(
            "constraints.scopes",
            request.Constraints.Scopes,
            value => ScopeSyntax.IsScopeToken(value),
            "a scope value (RFC 6749 section 3.3)");
        CheckList(
            "constraints.grant_types", request.Constraints.GrantTypes, GrantTypes.Supportable.Contains,
            $"one of {string.Join(", ", GrantTypes.Supportable)}");
        CheckHosts(request.Constraints.RedirectHosts);
    }

    private static void CheckLifetime(string field, TimeSpan? lifetime) => Require(
        lifetime is not { } time || (time >= ShortestLifetime && time <= LongestLifetime),
        field, $"The {field} must be from 60 seconds to 10 years from now; leave it out for no expiry.");

    private static void CheckHosts(IReadOnlyList<string>? hosts)
    {
        CheckList("constraints.redirect_hosts", hosts, _ => true, "a host");
        var faults = new List<string>();
        RedirectTargets.Parse(hosts ?? [], faults);
        Require(faults.Count == 0, "constraints.redirect_hosts", string.Join(' ', faults));
    }

    private static void CheckText(string field, string? text) => Require(
        text is null || TextRules.Fault(text, MaxLabelLength) is null,
        field, $"The {field} must be plain text of at most {MaxLabelLength} characters.");

    private static void CheckList(string field, IReadOnlyList<string>? values, Func<string, bool> isAllowed, string allowed)
    {
        Require(values is not { Count: > MaxListLength }, field, $"The {field} has {values?.Count} entries; {MaxListLength} are allowed.");
        foreach (var value in values ?? [])
        {
            Require(
                value.Length <= MaxEntryLength && isAllowed(value),
                field, $"The {field} has the value {Excerpt.Of(value)}; each must be {allowed}.");
        }
    }

    private static void Require(bool holds, string field, string problem)
    {
        if (!holds)
        {
            throw new RegistrationRefusedException(new RegistrationFault.InvalidArgument(field, problem));
        }
    }
}
