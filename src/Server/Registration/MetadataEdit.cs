using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Registration;

/// <summary>New values for some members of a document; all others stay.</summary>
internal sealed class MetadataEdit
{
    /// <summary>Stands for all members that the deployment names: their names need not have the form of a path.</summary>
    private const string ExtensionsPath = "extensions";

    private readonly HashSet<MetadataMember> _members;
    private readonly ClientMetadata _sent;
    private bool _hasExtensions;

    private MetadataEdit(ClientMetadata sent, HashSet<MetadataMember> members) => (_sent, _members) = (sent, members);

    /// <param name="paths">The names of the members to change.</param>
    /// <param name="sent">Their new values; a member without one is removed.</param>
    /// <exception cref="RegistrationRefusedException">
    /// A path names no member, or a member has a value and is not named. Names every violation.
    /// </exception>
    public static MetadataEdit Of(IReadOnlyList<string> paths, ClientMetadata sent)
    {
        var (edit, violations) = (new MetadataEdit(sent, []), new Violations());
        if (paths.Count == 0)
        {
            violations.Add("update_mask", "The update_mask must name the members to change.");
        }

        foreach (var path in paths)
        {
            if (path == ExtensionsPath)
            {
                edit._hasExtensions = true;
            }
            else if (MetadataMembers.Find(path) is { } member)
            {
                edit._members.Add(member);
            }
            else
            {
                violations.Add("update_mask", $"{Excerpt.Of(path)} in update_mask is no member of client metadata.");
            }
        }

        foreach (var name in edit.NotNamed())
        {
            violations.Add($"metadata.{name}", $"The member {Excerpt.Of(name)} has a value and is not in update_mask.");
        }

        return violations.Found.Count == 0
            ? edit
            : throw new RegistrationRefusedException(new RegistrationFault.InvalidArgument(violations.Found));
    }

    /// <summary>The same members with other values: those of a whole document.</summary>
    public MetadataEdit With(ClientMetadata document) => new(document, _members) { _hasExtensions = _hasExtensions };

    /// <summary>The document with the new values. What could not be read of them goes with it.</summary>
    public ClientMetadata ApplyTo(ClientMetadata document)
    {
        var values = new MemberValues.Builder(document.Values);
        foreach (var member in _members)
        {
            values.Set(member, _sent.Values[member]);
        }

        return document with
        {
            Values = values.Build(),
            Localized = Merged(document.Localized),
            Choices = _sent.Choices,
            Extensions = _hasExtensions ? _sent.Extensions : document.Extensions,
            Unreadable = _sent.Unreadable,
        };
    }

    private Dictionary<string, string> Merged(IReadOnlyDictionary<string, string> localized)
    {
        var merged = new Dictionary<string, string>(
            localized.Where(text => !IsNamed(MetadataMembers.FindTranslated(text.Key))), StringComparer.Ordinal);
        foreach (var (name, text) in _sent.Localized.Where(text => IsNamed(MetadataMembers.FindTranslated(text.Key))))
        {
            merged[name] = text;
        }

        return merged;
    }

    private IEnumerable<string> NotNamed() =>
    [
        .. _sent.Values.Where(value => !IsNamed(value.Key)).Select(value => value.Key.Name),
        .. _sent.Choices.Keys.Where(member => !IsNamed(member)).Select(member => member.Choices!),
        .. _sent.Localized.Keys.Where(name => !IsNamed(MetadataMembers.FindTranslated(name))),
        .. _hasExtensions ? Enumerable.Empty<string>() : _sent.Extensions.Keys,
    ];

    private bool IsNamed(MetadataMember? member) => member is not null && _members.Contains(member);
}
