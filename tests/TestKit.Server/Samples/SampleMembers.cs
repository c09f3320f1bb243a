using System.Text.Json;
using GrpcDcr.Server.Model;

namespace GrpcDcr.TestKit.Samples;

/// <summary>Members of client metadata by name, whichever row of the table they are of.</summary>
internal static class SampleMembers
{
    /// <summary>The members that specifications beside RFC 7591 define.</summary>
    public static IReadOnlyList<MetadataMember> Extensions { get; } =
        [.. MetadataMembers.All.Where(member => member.Capability != Capability.Always)];

    /// <summary>The document with a member more, given as JSON; one that is in no table is of the deployment's own.</summary>
    /// <exception cref="ArgumentException">The table knows the member with another type.</exception>
    public static ClientMetadata Stating(this ClientMetadata metadata, string name, JsonElement json)
    {
        if (MetadataMembers.Find(name) is not { } member)
        {
            return metadata with
            {
                Extensions = new Dictionary<string, JsonElement>(
                metadata.Extensions, StringComparer.Ordinal)
                { [name] = json }
            };
        }

        var value = MemberJson.Of(member, json, out var fault);
        return fault is null ? metadata.With(member, value) : throw new ArgumentException($"{name} {fault}.");
    }

    /// <inheritdoc cref="Stating(ClientMetadata, string, JsonElement)"/>
    public static ClientMetadata Stating(this ClientMetadata metadata, string name, string json) =>
        metadata.Stating(name, JsonElement.Parse(json));

    /// <summary>A member that is there, as JSON; empty when it is not.</summary>
    public static string JsonOf(this ClientMetadata metadata, string name) =>
        metadata.Named().Where(member => member.Key == name).Select(member => MemberJson.ToJson(member.Value)).FirstOrDefault("");

    /// <summary>The names of what specifications beside RFC 7591 define, and of the deployment's own, that are there.</summary>
    public static IEnumerable<string> ExtensionsOf(ClientMetadata metadata) => metadata.Values
        .Where(member => member.Key.Capability != Capability.Always).Select(member => member.Key.Name).Concat(metadata.Extensions.Keys);
}
