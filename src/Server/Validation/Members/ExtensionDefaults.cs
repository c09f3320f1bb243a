using System.Collections.Frozen;
using System.Text.Json;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;
using GrpcDcr.Server.Syntax;
using static GrpcDcr.Server.Model.ExtensionMembers;

namespace GrpcDcr.Server.Validation.Members;

/// <summary>
/// What is registered of the members that other specifications define, and what is put beside them. A default that a specification gives is
/// registered and shown where the authorization server supports the member, so that both sides know it; only booleans that are absent
/// stay absent, which means false.
/// </summary>
internal static class ExtensionDefaults
{
    private static readonly FrozenDictionary<string, JsonElement> Values = JoseAlgorithms.SigningNames
        .Concat([SubjectTypes.Public, SubjectTypes.Pairwise, JoseAlgorithms.A128CbcHs256])
        .ToFrozenDictionary(value => value, value => JsonSerializer.SerializeToElement(value), StringComparer.Ordinal);

    /// <param name="registered">All that is registered apart from <see cref="ClientMetadata.Extensions"/>, which are as asked for.</param>
    /// <param name="policy">What may be registered.</param>
    internal static IReadOnlyDictionary<string, JsonElement> Apply(ClientMetadata registered, RegistrationPolicy policy)
    {
        if (registered.Extensions.Count == 0 && policy.Capabilities.ArePlain)
        {
            return registered.Extensions;
        }

        var members = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var (name, value) in registered.Extensions)
        {
            if (IsKept(name, value, registered, policy))
            {
                members.Add(name, name == ResponseModes ? Supported(value, policy) : value);
            }
        }

        AddDefaults(members, registered, policy);
        return members.Count > 0 ? members : ClientMetadata.Empty.Extensions;
    }

    /// <summary>
    /// Null and empty values count as absent (RFC 7592 section 2.2). A value that cannot be read as text stays, for the rules to refuse it.
    /// </summary>
    private static bool IsKept(string name, JsonElement value, ClientMetadata registered, RegistrationPolicy policy)
    {
        if (value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined)
        {
            return false;
        }

        var isReadable = JsonText.Fault(value) is null;
        if (isReadable && IsEmpty(value))
        {
            return false;
        }

        return ExtensionTable.Rows.TryGetValue(name, out var row)
            ? row.Concerns(registered)
                && (row.IsSupported(policy) || (row.Otherwise == Unsupported.Refused && (!isReadable || ExtensionTable.Asks(value))))
            : policy.ExtensionMembers.Contains(name);
    }

    private static bool IsEmpty(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.ValueEquals(""),
        JsonValueKind.Array => value.GetArrayLength() == 0,
        _ => false,
    };

    /// <summary>The response modes that are supported, as with grants: what was asked for stays as it is when none of them is.</summary>
    private static JsonElement Supported(JsonElement modes, RegistrationPolicy policy)
    {
        if (modes.GetArrayLength() > policy.Limits.ListLength || JsonText.Fault(modes) is not null)
        {
            return modes;
        }

        var asked = modes.EnumerateArray().Select(mode => mode.GetString() ?? "").ToList();
        var supported = asked.FindAll(policy.Capabilities.Of(ResponseModes).Contains);
        return supported.Count == 0 || supported.Count == asked.Count ? modes : JsonSerializer.SerializeToElement(supported);
    }

    private static void AddDefaults(Dictionary<string, JsonElement> members, ClientMetadata registered, RegistrationPolicy policy)
    {
        var capabilities = policy.Capabilities;
        Default(SubjectType, capabilities.Of(SubjectType).InOrder is [var first, ..] ? first : null, when: true);
        foreach (var row in AlgorithmTable.Signing)
        {
            Default(row.Member, row.HasDefault ? capabilities.DefaultSigningAlg(row.Member) : null, row.Concerns(registered));
        }

        foreach (var row in AlgorithmTable.Encryption)
        {
            Default(row.EncMember, JoseAlgorithms.A128CbcHs256, members.ContainsKey(row.AlgMember) && capabilities.Support(row.EncMember));
        }

        void Default(string member, string? value, bool when)
        {
            if (when && value is not null)
            {
                members.TryAdd(member, Values[value]);
            }
        }
    }
}
