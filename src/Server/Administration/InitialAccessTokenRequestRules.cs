using GrpcDcr.Server.Audit;
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

    /// <exception cref="RegistrationRefusedException">Fields are wrong; the error names each and what is allowed.</exception>
    public static void Check(InitialAccessTokenRequest request, string? reason, DateTimeOffset now)
    {
        if (Find(request, reason, now) is { Count: > 0 } found)
        {
            throw new RegistrationRefusedException(new RegistrationFault.InvalidArgument(found));
        }
    }

    /// <summary>The wrong fields.</summary>
    public static IReadOnlyList<Violation> Find(InitialAccessTokenRequest request, string? reason, DateTimeOffset now)
    {
        var (constraints, found) = (request.Constraints, new List<Violation>());
        CheckText("label", request.Label, found);
        CheckText("constraints.owner", constraints.Owner, found);
        CheckText("constraints.software_id", constraints.SoftwareId, found);
        CheckLifetime("ttl", request.TimeToLive, found);
        CheckLifetime("expire_time", request.ExpiresAt - now, found);
        Require(request.MaxUses is not < 1, "max_uses", "The max_uses must be 1 or more; leave it out for an unlimited number.", found);
        CheckList(
            "constraints.scopes", constraints.Scopes,
            value => ScopeSyntax.IsScopeToken(value), "a scope value (RFC 6749 section 3.3)", found);
        CheckList(
            "constraints.grant_types", constraints.GrantTypes, GrantTypes.Supportable.Contains,
            $"one of {string.Join(", ", GrantTypes.Supportable)}", found);
        CheckHosts(constraints.RedirectHosts, found);
        found.AddRange(Reasons.Find("reason", reason));
        return found;
    }

    private static void CheckLifetime(string field, TimeSpan? lifetime, List<Violation> found) => Require(
        lifetime is not { } time || (time >= ShortestLifetime && time <= LongestLifetime),
        field, $"The {field} must be from 60 seconds to 10 years from now; leave it out for no expiry.", found);

    private static void CheckHosts(IReadOnlyList<string>? hosts, List<Violation> found)
    {
        const string Field = "constraints.redirect_hosts";
        var faults = new List<string>();
        CheckList(Field, hosts, _ => true, "a host", found);
        RedirectTargets.Parse((hosts ?? []).Take(MaxListLength), faults);
        found.AddRange(faults.Select(fault => new Violation(Field, fault)));
    }

    private static void CheckText(string field, string? text, List<Violation> found) => Require(
        text is null || TextRules.Fault(text, MaxLabelLength) is null,
        field, $"The {field} must be plain text of at most {MaxLabelLength} characters.", found);

    private static void CheckList(
        string field, IReadOnlyList<string>? values, Func<string, bool> isAllowed, string allowed, List<Violation> found)
    {
        if (values is { Count: > MaxListLength })
        {
            found.Add(new Violation(field, $"The {field} has {values.Count} entries; {MaxListLength} are allowed."));
            return;
        }

        foreach (var value in values ?? [])
        {
            Require(
                value.Length <= MaxEntryLength && isAllowed(value),
                field, $"The {field} has the value {Excerpt.Of(value)}; each must be {allowed}.", found);
        }
    }

    private static void Require(bool holds, string field, string problem, List<Violation> found)
    {
        if (!holds)
        {
            found.Add(new Violation(field, problem));
        }
    }
}
