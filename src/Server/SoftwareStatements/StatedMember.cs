using System.Text.Json;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.SoftwareStatements;

/// <summary>A member of client metadata that a software statement may state: how it is read, looked for and compared.</summary>
/// <param name="name">Its name.</param>
/// <param name="kind">Its JSON type; <see langword="null"/> for any.</param>
internal abstract class StatedMember(string name, MemberKind? kind)
{
    public string Name { get; } = name;

    /// <summary>Puts the value of a claim into metadata.</summary>
    /// <returns>Why it cannot be, worded to follow its name; <see langword="null"/> when it was put there.</returns>
    public string? Read(JsonElement claim, ref ClientMetadata metadata)
    {
        var fault = Fault(claim);
        metadata = fault is null ? With(metadata, claim) : metadata;
        return fault;
    }

    public abstract bool IsIn(ClientMetadata metadata);

    /// <summary>Whether both say the same. The order of a list has no meaning to this question.</summary>
    public abstract bool IsSame(ClientMetadata one, ClientMetadata other);

    /// <summary><paramref name="to"/> with the member as it is in <paramref name="from"/>, absent where it is absent there.</summary>
    public abstract ClientMetadata Copy(ClientMetadata from, ClientMetadata to);

    protected abstract ClientMetadata With(ClientMetadata metadata, JsonElement claim);

    private string? Fault(JsonElement claim) => kind switch
    {
        null => null,
        MemberKind.Text => claim.ValueKind == JsonValueKind.String ? null : "must be a string",
        MemberKind.Flag => claim.ValueKind is JsonValueKind.True or JsonValueKind.False ? null : "must be true or false",
        MemberKind.Number => claim.ValueKind == JsonValueKind.Number ? null : "must be a number",
        MemberKind.Object => claim.ValueKind == JsonValueKind.Object ? null : "must be a JSON object",
        _ => claim.ValueKind == JsonValueKind.Array && claim.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String)
            ? null
            : "must be an array of strings",
    };

    /// <summary>A request may hold texts that are not Unicode until the rules refuse it; they are the same as nothing.</summary>
    private static bool AreSame(JsonElement one, JsonElement other) =>
        one.ValueKind == other.ValueKind
        && one.ValueKind != JsonValueKind.Undefined
        && JsonText.Fault(one) is null
        && JsonText.Fault(other) is null
        && JsonElement.DeepEquals(one, other);

    /// <summary>A property of <see cref="ClientMetadata"/> that is a string.</summary>
    public sealed class OfText(string name, Func<ClientMetadata, string?> get, Func<ClientMetadata, string?, ClientMetadata> with)
        : StatedMember(name, MemberKind.Text)
    {
        public override bool IsIn(ClientMetadata metadata) => !string.IsNullOrEmpty(get(metadata));

        public override bool IsSame(ClientMetadata one, ClientMetadata other) => get(one) == get(other);

        public override ClientMetadata Copy(ClientMetadata from, ClientMetadata to) => with(to, get(from));

        protected override ClientMetadata With(ClientMetadata metadata, JsonElement claim) => with(metadata, claim.GetString());
    }

    /// <summary>A property of <see cref="ClientMetadata"/> that is a list of strings.</summary>
    public sealed class OfTexts(
        string name, Func<ClientMetadata, IReadOnlyList<string>> get, Func<ClientMetadata, IReadOnlyList<string>, ClientMetadata> with)
        : StatedMember(name, MemberKind.Texts)
    {
        public override bool IsIn(ClientMetadata metadata) => get(metadata).Count > 0;

        public override bool IsSame(ClientMetadata one, ClientMetadata other) => get(one).ToHashSet().SetEquals(get(other));

        public override ClientMetadata Copy(ClientMetadata from, ClientMetadata to) => with(to, get(from));

        protected override ClientMetadata With(ClientMetadata metadata, JsonElement claim) =>
            with(metadata, [.. claim.EnumerateArray().Select(item => item.GetString()!)]);
    }

    /// <summary><see cref="ClientMetadata.Jwks"/>.</summary>
    public sealed class OfKeys() : StatedMember(MemberNames.Jwks, MemberKind.Object)
    {
        public override bool IsIn(ClientMetadata metadata) => metadata.Jwks is not null;

        public override bool IsSame(ClientMetadata one, ClientMetadata other) =>
            one.Jwks is { } keys && other.Jwks is { } others ? AreSame(keys, others) : one.Jwks is null == other.Jwks is null;

        public override ClientMetadata Copy(ClientMetadata from, ClientMetadata to) => to with { Jwks = from.Jwks };

        protected override ClientMetadata With(ClientMetadata metadata, JsonElement claim) => metadata with { Jwks = StrictJson.Own(claim) };
    }

    /// <summary>A member of <see cref="ClientMetadata.Extensions"/>.</summary>
    public sealed class OfExtension(string name, MemberKind? kind) : StatedMember(name, kind)
    {
        public override bool IsIn(ClientMetadata metadata) => metadata.Extensions.ContainsKey(Name);

        public override bool IsSame(ClientMetadata one, ClientMetadata other) =>
            one.Extensions.TryGetValue(Name, out var value) && other.Extensions.TryGetValue(Name, out var another)
                ? AreSame(value, another)
                : IsIn(one) == IsIn(other);

        public override ClientMetadata Copy(ClientMetadata from, ClientMetadata to)
        {
            var extensions = new Dictionary<string, JsonElement>(to.Extensions, StringComparer.Ordinal);
            extensions.Remove(Name);
            if (from.Extensions.TryGetValue(Name, out var value))
            {
                extensions[Name] = value;
            }

            return to with { Extensions = extensions };
        }

        protected override ClientMetadata With(ClientMetadata metadata, JsonElement claim) => metadata with
        {
            Extensions = new Dictionary<string, JsonElement>(metadata.Extensions, StringComparer.Ordinal) { [Name] = StrictJson.Own(claim) },
        };
    }
}
