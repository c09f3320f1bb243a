namespace GrpcDcr.Server.Policy;

/// <summary>A setting with several values: an array, or one string with separators.</summary>
/// <param name="separator">Default: a space.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ListSettingAttribute(string separator = " ") : Attribute
{
    public string Separator => separator;
}

/// <summary>
/// A setting whose value is never shown. The value can be in a file whose path is the setting with the suffix <c>File</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SecretSettingAttribute : Attribute;

/// <summary>A setting whose name differs from that of its property.</summary>
/// <param name="name">Its name.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SettingNameAttribute(string name) : Attribute
{
    public string Name => name;
}
