using System.Text.Encodings.Web;
using System.Text.Json;
using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Validation;

/// <summary>The members of a document one by one, in a fixed order, and what differs between two documents.</summary>
internal static class MetadataMembers
{
    /// <summary>Every member that is there, under its name in the JSON document.</summary>
    public static IEnumerable<MemberValue> Of(ClientMetadata metadata)
    {
        IEnumerable<MemberValue?> registered =
        [
            Text(MemberNames.ClientName, metadata.ClientName),
            List(MemberNames.RedirectUris, metadata.RedirectUris),
            List(MemberNames.GrantTypes, metadata.GrantTypes),
            List(MemberNames.ResponseTypes, metadata.ResponseTypes),
            Text(MemberNames.TokenEndpointAuthMethod, metadata.TokenEndpointAuthMethod),
            Text(MemberNames.ApplicationType, metadata.ApplicationType),
            Text(MemberNames.Scope, metadata.Scope),
            Text(MemberNames.ClientUri, metadata.ClientUri),
            Text(MemberNames.LogoUri, metadata.LogoUri),
            Text(MemberNames.TosUri, metadata.TosUri),
            Text(MemberNames.PolicyUri, metadata.PolicyUri),
            List(MemberNames.Contacts, metadata.Contacts),
            Text(MemberNames.JwksUri, metadata.JwksUri),
            metadata.Jwks is { } jwks ? new MemberValue(MemberNames.Jwks, jwks) : null,
            Text(MemberNames.SoftwareId, metadata.SoftwareId),
            Text(MemberNames.SoftwareVersion, metadata.SoftwareVersion),
            Text(MemberNames.SoftwareStatement, metadata.SoftwareStatement),
            .. metadata.Localized.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => Text(member.Key, member.Value)),
            .. metadata.Extensions.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => new MemberValue(member.Key, member.Value)),
        ];
        return registered.OfType<MemberValue>();
    }

    /// <summary>The members that differ, those gone first.</summary>
    public static IReadOnlyList<MemberDifference> Differences(ClientMetadata before, ClientMetadata after)
    {
        var old = Of(before).ToDictionary(member => member.Name, member => member.Json, StringComparer.Ordinal);
        var now = Of(after).ToList();
        var gone = old.Keys.Except(now.Select(member => member.Name), StringComparer.Ordinal);
        return
        [
            .. gone.Select(name => new MemberDifference(name, old[name], After: null)),
            .. now.Where(member => old.GetValueOrDefault(member.Name) != member.Json)
                .Select(member => new MemberDifference(member.Name, old.GetValueOrDefault(member.Name), member.Json)),
        ];
    }

    private static MemberValue? Text(string name, string? value) => string.IsNullOrEmpty(value) ? null : new MemberValue(name, value);

    private static MemberValue? List(string name, IReadOnlyList<string> values) => values.Count == 0 ? null : new MemberValue(name, values);
}

/// <summary>One member of a document.</summary>
/// <param name="Name">As in the JSON document.</param>
/// <param name="Value">A string, a list of strings, or any JSON value.</param>
internal sealed record MemberValue(string Name, object Value)
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Its value as JSON text.</summary>
    public string Json => Value is JsonElement json ? json.GetRawText() : JsonSerializer.Serialize(Value, Value.GetType(), Readable);

    /// <summary>Its value for a reader: a string as it is, a list with spaces between its entries.</summary>
    public string Plain => Value switch
    {
        string text => text,
        IEnumerable<string> list => string.Join(' ', list),
        JsonElement { ValueKind: JsonValueKind.String } json => json.GetString()!,
        _ => Json,
    };
}

/// <summary>One member that differs between two documents; values are JSON text.</summary>
/// <param name="Member">As in the JSON document.</param>
/// <param name="Before"><see langword="null"/> when it was not there.</param>
/// <param name="After"><see langword="null"/> when it is gone.</param>
internal sealed record MemberDifference(string Member, string? Before, string? After);
