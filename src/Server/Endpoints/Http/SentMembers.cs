using System.Text.Json;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Endpoints.Http;

/// <summary>Collects the members of a client document while it is read. A member that is there twice has its last value.</summary>
internal sealed class SentMembers
{
    private readonly MemberValues.Builder _values = new();
    private Dictionary<string, string>? _localized;
    private Dictionary<MetadataMember, IReadOnlyList<string>>? _choices;
    private Dictionary<string, JsonElement>? _extensions;

    /// <summary>What could not be read.</summary>
    public Violations Unreadable { get; } = new();

    /// <param name="member">The member.</param>
    /// <param name="value">Of the type of its kind; <see langword="null"/> and an empty list mean that it is absent.</param>
    public void Set(MetadataMember member, object? value) => _values.Set(member, value);

    /// <summary>A language-tagged member.</summary>
    public void SetLocalized(string name, string text) => (_localized ??= new(StringComparer.Ordinal))[name] = text;

    /// <summary>The values of which the server chooses one. An empty list is absent.</summary>
    public void SetChoices(MetadataMember member, string[] values)
    {
        if (values.Length > 0)
        {
            (_choices ??= [])[member] = values;
        }
    }

    /// <summary>A member that the deployment names.</summary>
    public void SetExtension(string name, JsonElement value) => (_extensions ??= new(StringComparer.Ordinal))[name] = value;

    public ClientMetadata Build() => new()
    {
        Values = _values.Build(),
        Localized = _localized ?? ClientMetadata.Empty.Localized,
        Choices = _choices ?? ClientMetadata.Empty.Choices,
        Extensions = _extensions ?? ClientMetadata.Empty.Extensions,
        Unreadable = Unreadable.Found,
    };
}
