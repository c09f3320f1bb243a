using System.Text.RegularExpressions;
using GrpcDcr.Server.Policy;
using StackExchange.Redis;

namespace GrpcDcr.Server.Admission.Redis;

/// <summary>Where rate limits are shared: configuration section <c>RateLimit:Redis</c>.</summary>
internal sealed partial class RedisLimitOptions
{
    public const string Section = "RateLimit:Redis";

    /// <summary>
    /// The connection string of StackExchange.Redis: hosts and options, such as <c>redis.example:6379,ssl=true,password=...</c>. A secret.
    /// </summary>
    [SecretSetting]
    public string ConnectionString { get; set; } = "";

    /// <summary>The prefix of every key. Default: <c>grpcdcr:</c>.</summary>
    public string KeyPrefix { get; set; } = "grpcdcr:";

    /// <param name="budget">Name of the budget, which is the hash tag of its keys.</param>
    /// <param name="caller">The caller, or all callers.</param>
    public string KeyOf(string budget, string caller) => $"{KeyPrefix}{{{budget}}}:{caller}";

    /// <summary>Finds wrong settings. Messages do not repeat the connection string.</summary>
    public IEnumerable<SettingProblem> Problems()
    {
        if (!IsConnection(ConnectionString))
        {
            yield return new SettingProblem(
                $"{Section}:{nameof(ConnectionString)}",
                ConnectionString.Length == 0 ? "" : null,
                "one or more host:port, and options such as ssl=true,user=...,password=...");
        }

        if (!Prefix().IsMatch(KeyPrefix))
        {
            yield return new SettingProblem(
                $"{Section}:{nameof(KeyPrefix)}", KeyPrefix, "up to 100 characters of A-Z a-z 0-9 : . _ -");
        }
    }

    private static bool IsConnection(string text)
    {
        try
        {
            var places = ConfigurationOptions.Parse(text).EndPoints;
            return places.Count > 0 && places.All(place => Place().IsMatch($"{place}"));
        }
        catch (Exception problem) when (problem is ArgumentException or FormatException or OverflowException)
        {
            return false;
        }
    }

    /// <summary>The parser accepts too much as a host, such as an address with a scheme.</summary>
    [GeneratedRegex(@"^(\w+/)?[A-Za-z0-9._:\[\]%-]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Place();

    /// <summary>No braces, because they would become the hash tag.</summary>
    [GeneratedRegex(@"^[A-Za-z0-9:._-]{0,100}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Prefix();
}
