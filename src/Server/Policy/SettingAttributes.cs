namespace GrpcDcr.Server.Policy;

/// <summary>A setting with several values: an array, or one string in which the separator stands between them.</summary>
/// <param name="separator">Default: a space.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ListSettingAttribute(string separator = " ") : Attribute
{
    public string Separator => separator;
}

/// <summary>
/// A setting whose value is never shown. It may stand in a file instead, whose path is the setting of the same name and <c>File</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SecretSettingAttribute : Attribute;

/// <summary>A setting that is not named like its property.</summary>
/// <param name="name">Its name.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SettingNameAttribute(string name) : Attribute
{
    public string Name => name;
}
