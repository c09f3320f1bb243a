using System.Text.Json;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Syntax;
using GrpcDcr.Server.Validation;

namespace GrpcDcr.Server.SoftwareStatements;

/// <summary>The client metadata among the claims of a statement, RFC 7591 section 2.3.</summary>
/// <param name="Values">The metadata.</param>
/// <param name="Members">The members that it states, including empty ones. A language-tagged member counts as its member.</param>
/// <param name="Violations">Claims of the wrong type.</param>
internal sealed record ClaimedMetadata(ClientMetadata Values, IReadOnlySet<string> Members, IReadOnlyList<Violation> Violations)
{
    /// <param name="claims">The claims.</param>
    /// <param name="names">The names of claims that differ from those of their members.</param>
    /// <param name="own">The members that the deployment names.</param>
    public static ClaimedMetadata Read(JsonElement claims, ClaimNames names, AllowedValues own)
    {
        var values = new MemberValues.Builder();
        var localized = new Dictionary<string, string>(StringComparer.Ordinal);
        var choices = new Dictionary<MetadataMember, IReadOnlyList<string>>();
        var extensions = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        var members = new HashSet<string>(StringComparer.Ordinal);
        var violations = new Violations();
        foreach (var claim in InOrder(claims, names))
        {
            var name = names.MemberOf(claim.Name);
            string? fault = null;
            if (StatedMembers.Find(name) is { } member)
            {
                members.Add(name);
                values.Set(member, MemberJson.Of(member, claim.Value, out fault));
            }
            else if (MetadataMembers.FindByChoices(name) is { } chosen)
            {
                members.Add(name);
                fault = ReadChoices(claim.Value, chosen, choices);
            }
            else if (StatedMembers.IsOwn(name, own))
            {
                members.Add(name);
                extensions[name] = StrictJson.Own(claim.Value);
            }
            else if (MetadataMembers.FindTranslated(name) is { } translated)
            {
                members.Add(translated);
                fault = ReadLocalized(claim, localized);
            }

            Add(fault, name, violations);
        }

        var metadata = new ClientMetadata { Values = values.Build(), Localized = localized, Choices = choices, Extensions = extensions };
        return new ClaimedMetadata(metadata, members, violations.Found);
    }

    /// <summary>
    /// A <c>null</c> claim is absent. Renamed claims come last, so that they take precedence over claims with the name of the member.
    /// </summary>
    private static IEnumerable<JsonProperty> InOrder(JsonElement claims, ClaimNames names) =>
        claims.EnumerateObject().Where(claim => claim.Value.ValueKind != JsonValueKind.Null).OrderBy(claim => names.IsRenamed(claim.Name));

    private static string? ReadLocalized(JsonProperty claim, Dictionary<string, string> localized)
    {
        if (claim.Value.ValueKind != JsonValueKind.String)
        {
            return "must be a string";
        }

        localized[claim.Name] = claim.Value.GetString()!;
        return null;
    }

    private static string? ReadChoices(
        JsonElement claim, MetadataMember member, Dictionary<MetadataMember, IReadOnlyList<string>> choices)
    {
        if (MemberJson.Of(MemberKind.Texts, claim, out var fault) is string[] { Length: > 0 } list)
        {
            choices[member] = list;
        }

        return fault;
    }

    private static void Add(string? fault, string name, Violations violations)
    {
        if (fault is not null)
        {
            violations.Add(AtFault(name), $"{Shown(name)} in software_statement {fault}.");
        }
    }

    private static string AtFault(string name) => MetadataMembers.FindTranslated(name) is null ? name : LocalizedRules.AtFault(name);

    private static string Shown(string name) => name.Contains('#', StringComparison.Ordinal) ? Excerpt.Of(name) : name;
}
