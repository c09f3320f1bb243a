using Xunit.v3;

namespace GrpcDcr.TestKit.Service;

/// <summary>
/// The requirement a test checks. Theories whose rows belong to several requirements name them in their first column instead.
/// </summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class RequirementAttribute(string id) : Attribute, ITraitAttribute
{
    public string Id => id;

    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new("Requirement", id)];
}
