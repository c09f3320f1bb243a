using System.Text.RegularExpressions;

namespace GrpcDcr.Server.Hosting.Settings;

/// <summary>
/// Decides which environment variables, and which files in a folder, are settings. Most of them belong to other programs. A name that
/// resembles a setting stops the start, because an ignored misspelt setting may leave the service open. <see cref="NearMisses"/> decides
/// what resembles a setting.
/// </summary>
internal static partial class EnvironmentNames
{
    private const string Separator = "__";

    private static readonly string[] HostPrefixes = ["ASPNETCORE_", "DOTNET_"];

    private static readonly string[] NamesOfTheStart = ["ENABLE_DYNAMIC", "DYNAMIC_CLIENT"];

    /// <summary>The settings among named values, by their keys.</summary>
    /// <param name="named">Variables or files.</param>
    /// <param name="kind">What they are, for messages.</param>
    /// <param name="problems">Gets the names that resemble settings.</param>
    /// <param name="othersAllowed">Whether there may be names of other programs.</param>
    public static Dictionary<string, string?> SettingsAmong(
        IEnumerable<KeyValuePair<string, string?>> named, string kind, List<string> problems, bool othersAllowed = true)
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in named.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (IsSetting(name))
            {
                if (!settings.TryAdd(KeyOf(name), value))
                {
                    problems.Add($"{name} ({kind}) is set twice, in other letter case. Allowed: one of the two.");
                }
            }
            else if ((HintOf(name, value) ?? (othersAllowed ? null : "Allowed: names of settings.")) is { } hint)
            {
                problems.Add($"{name} ({kind}) is not a setting. {hint}");
            }
        }

        return settings;
    }

    /// <summary>The name of a variable or file that holds a setting.</summary>
    public static string NameOf(string key) => key.Replace(":", Separator, StringComparison.Ordinal);

    private static string KeyOf(string name) => name.Replace(Separator, ":", StringComparison.Ordinal);

    private static bool IsSetting(string name) => SettingsSchema.Root.Children.ContainsKey(RootOf(name));

    private static string RootOf(string name) => name.Split(Separator)[0];

    /// <summary>A hint at the setting that was probably meant; <see langword="null"/> for names of other programs.</summary>
    private static string? HintOf(string name, string? value)
    {
        if (Array.Find(HostPrefixes, prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) is { } host)
        {
            return OfHost(name[host.Length..], value);
        }

        if (Injected().IsMatch(name))
        {
            return null;
        }

        if (Array.Exists(NamesOfTheStart, start => name.StartsWith(start, StringComparison.OrdinalIgnoreCase)))
        {
            var allowed = SettingsSchema.Root.Children.Keys.Where(key =>
                key.Contains('_', StringComparison.Ordinal) && !key.StartsWith(OtelVariables.Prefix, StringComparison.Ordinal));
            return $"Allowed: {string.Join(", ", allowed)}.";
        }

        return NearMisses.SectionMeantBy(name) is { } section
            ? $"Allowed: {section}{Separator} and the name of a setting of {section}."
            : NearMisses.SettingMeantBy(KeyOf(name).Split(':')) is { } meant ? $"Allowed: {NameOf(meant)}." : null;
    }

    /// <summary>Variables of the host are read by .NET; they cannot have settings of this service.</summary>
    private static string? OfHost(string rest, string? value) =>
        rest.Equals("FORWARDEDHEADERS_ENABLED", StringComparison.OrdinalIgnoreCase)
            ? string.Equals(value, "false", StringComparison.OrdinalIgnoreCase) || string.IsNullOrEmpty(value)
                ? null
                : "It would trust X-Forwarded-* headers from everybody. Allowed: ForwardedHeaders__TrustedProxies."
            : IsSetting(rest) ? $"Allowed: the same without the prefix, {rest}." : null;

    /// <summary>Variables that Kubernetes sets in every container for each service of its namespace.</summary>
    [GeneratedRegex(@"^[A-Z][A-Z0-9_]*_(SERVICE_HOST|SERVICE_PORT(_[A-Z0-9_]+)?|PORT|PORT_\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)\z")]
    private static partial Regex Injected();
}
