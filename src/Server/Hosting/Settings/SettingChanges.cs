namespace GrpcDcr.Server.Hosting.Settings;

/// <summary>Which settings differ between two readings of the configuration.</summary>
internal static class SettingChanges
{
    /// <summary>Settings that take effect while the service runs; all others need a restart.</summary>
    private static readonly string[] Reloaded = ["Kestrel:", "Logging:", TokenOptions.Section + ":"];

    /// <summary>The names of the settings that changed and need a restart.</summary>
    public static IReadOnlyList<string> NeedingRestart(SettingSources before, SettingSources after) =>
    [
        .. before.All.Concat(after.All).Select(value => value.Key)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Where(key => before.Find(key)?.Value != after.Find(key)?.Value && !IsReloaded(key))
            .Order(StringComparer.OrdinalIgnoreCase),
    ];

    private static bool IsReloaded(string key) =>
        !key.EndsWith($":{nameof(ListenerOptions.MaxConnections)}", StringComparison.OrdinalIgnoreCase)
        && Array.Exists(Reloaded, section => key.StartsWith(section, StringComparison.OrdinalIgnoreCase));
}
