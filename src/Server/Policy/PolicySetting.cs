using System.Globalization;
using System.Reflection;

namespace GrpcDcr.Server.Policy;

/// <summary>A setting of a policy as text for people.</summary>
/// <param name="Name">Its key in the section.</param>
/// <param name="Value">Its value as in the configuration; empty if it has none.</param>
internal sealed record PolicySetting(string Name, string Value)
{
    private static readonly PropertyInfo[] Shown =
    [
        .. typeof(RegistrationOptions).GetProperties()
            .Where(property => property.GetCustomAttribute<SecretSettingAttribute>() is null)
            .OrderBy(property => property.MetadataToken),
    ];

    /// <summary>All settings but the secret ones.</summary>
    public static IReadOnlyList<PolicySetting> Of(RegistrationOptions options) =>
        [.. Shown.Select(property => new PolicySetting(property.Name, TextOf(property.GetValue(options))))];

    private static string TextOf(object? value) => value is bool flag
        ? flag ? "true" : "false"
        : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
