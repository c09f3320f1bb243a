using System.Text.Json;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Registration.Policy;
using GrpcDcr.Server.Registration.Rules;
using GrpcDcr.Server.Wire.Mapping;

namespace GrpcDcr.Server.Wire.Http;

/// <summary>Gathers the members of a flat document, each of the JSON type that its definition asks for.</summary>
/// <param name="named">The members that the deployment names beside the registered ones.</param>
internal sealed class SentMembers(AllowedValues named)
{
    private readonly Dictionary<string, JsonElement> members = new(StringComparer.Ordinal);
    private readonly List<Violation> ofMembers = [];
    private readonly List<Violation> ofLanguages = [];
    private Dictionary<string, string>? localized;
    private Dictionary<string, JsonElement>? extensions;

    /// <summary>A violation for each member of the wrong type.</summary>
    public IEnumerable<Violation> Violations => ofMembers.Concat(ofLanguages);

    public void Add(string name, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            return;
        }

        if (MetadataMember.TryGetKind(name, out var kind))
        {
            Add(name, kind, value);
        }
        else if (IsLocalized(name))
        {
            AddLocalized(name, value);
        }
        else if (named.Contains(name))
        {
            Extend(name, value.ToNamed());
        }
    }

    public ClientMetadata ToMetadata() => new()
    {
        RedirectUris = Texts(MemberNames.RedirectUris),
        TokenEndpointAuthMethod = Text(MemberNames.TokenEndpointAuthMethod),
        GrantTypes = Texts(MemberNames.GrantTypes),
        ResponseTypes = Texts(MemberNames.ResponseTypes),
        ClientName = Text(MemberNames.ClientName),
        ClientUri = Text(MemberNames.ClientUri),
        LogoUri = Text(MemberNames.LogoUri),
        Scope = Text(MemberNames.Scope),
        Contacts = Texts(MemberNames.Contacts),
        TosUri = Text(MemberNames.TosUri),
        PolicyUri = Text(MemberNames.PolicyUri),
        JwksUri = Text(MemberNames.JwksUri),
        Jwks = members.TryGetValue(MemberNames.Jwks, out var jwks) ? jwks.ToObject() : null,
        SoftwareId = Text(MemberNames.SoftwareId),
        SoftwareVersion = Text(MemberNames.SoftwareVersion),
        ApplicationType = Text(MemberNames.ApplicationType),
        Localized = localized ?? ClientMetadata.Empty.Localized,
        SoftwareStatement = Text(MemberNames.SoftwareStatement),
        Extensions = extensions ?? ClientMetadata.Empty.Extensions,
    };

    private void Add(string name, MemberKind kind, JsonElement value)
    {
        if (MetadataMember.Fault(name, kind, value) is { } problem)
        {
            ofMembers.Add(new Violation(name, $"{name} {problem}"));
        }
        else if (!ExtensionMembers.Kinds.ContainsKey(name))
        {
            members.Add(name, value);
        }
        else if (kind != MemberKind.Texts || value.GetArrayLength() > 0)
        {
            Extend(name, Kept(kind, value));
        }
    }

    private void AddLocalized(string name, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String)
        {
            (localized ??= new(StringComparer.Ordinal)).Add(name, value.GetString()!);
        }
        else
        {
            ofLanguages.Add(new Violation(LocalizedRules.AtFault(name), $"{Excerpt.Of(name)} must be a string."));
        }
    }

    private void Extend(string name, JsonElement value) => (extensions ??= new(StringComparer.Ordinal)).Add(name, value);

    private string? Text(string name) => members.TryGetValue(name, out var value) ? value.GetString() : null;

    private string[] Texts(string name) => members.TryGetValue(name, out var value) ? TextsOf(value) : [];

    /// <summary>RFC 7591 section 2.2; a tag on any other member makes it an unknown one.</summary>
    private static bool IsLocalized(string name)
    {
        var hash = name.IndexOf('#');
        return hash > 0 && MemberNames.HumanReadable.Contains(name[..hash]);
    }

    /// <summary>A value with memory of its own, and without what JSON lets one write in two ways.</summary>
    private static JsonElement Kept(MemberKind kind, JsonElement value) => kind switch
    {
        MemberKind.Text => JsonSerializer.SerializeToElement(value.GetString()),
        MemberKind.Texts => JsonSerializer.SerializeToElement(TextsOf(value)),
        MemberKind.Number => JsonSerializer.SerializeToElement(value.GetInt64()),
        MemberKind.Object => value.ToObject(),
        _ => value.Clone(),
    };

    private static string[] TextsOf(JsonElement list)
    {
        var texts = new string[list.GetArrayLength()];
        var count = 0;
        foreach (var item in list.EnumerateArray())
        {
            texts[count++] = item.GetString()!;
        }

        return texts;
    }
}
