using System.Collections.Frozen;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Policy;

/// <summary>What the authorization server supports, read once from <see cref="CapabilityOptions"/> that passed their validator.</summary>
internal sealed class Capabilities(CapabilityOptions options)
{
    private readonly FrozenDictionary<MetadataMember, AllowedValues> _lists = CapabilityList.All.ToFrozenDictionary(
        list => list.Member,
        list => new AllowedValues(WordList.Words(list.Read(options)), StringComparer.Ordinal));

    private readonly FrozenSet<string> _features = WordList.Words(options.Features).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>A plain OAuth server.</summary>
    public static Capabilities None { get; } = new(new CapabilityOptions());

    /// <inheritdoc cref="CapabilityOptions.BackchannelUserCode"/>
    public bool BackchannelUserCode { get; } = options.BackchannelUserCode;

    /// <summary>Whether no list has values, except the list for the methods of RFC 7523, which has a default.</summary>
    public bool ArePlain { get; } = CapabilityList.All.All(
        list => list.Member == ExtensionMembers.TokenEndpointAuthSigningAlg || WordList.Words(list.Read(options)).Length == 0);

    /// <summary>The values allowed in a member of client metadata that has a <see cref="CapabilityList"/>.</summary>
    public AllowedValues Of(MetadataMember member) => _lists[member];

    /// <summary>As <see cref="Of"/>; <see langword="null"/> for a member without a list.</summary>
    public AllowedValues? Find(MetadataMember member) => _lists.GetValueOrDefault(member);

    /// <summary>Whether any value is allowed in a member that has a <see cref="CapabilityList"/>.</summary>
    public bool Support(MetadataMember member) => Of(member).InOrder.Count > 0;

    /// <summary>Whether a feature of <see cref="Features"/> is declared.</summary>
    public bool Have(string feature) => _features.Contains(feature);

    /// <summary>
    /// The default signature algorithm of responses: RS256, the default of the specifications, or the first algorithm that works with a
    /// key pair; <see langword="null"/> if there is none.
    /// </summary>
    public string? DefaultSigningAlg(MetadataMember member) => Of(member) is var supported && supported.Contains(JoseAlgorithms.Rs256)
        ? JoseAlgorithms.Rs256
        : supported.InOrder.FirstOrDefault(JoseAlgorithms.IsAsymmetric);
}
