using System.Globalization;
using System.Security.Cryptography;
using GrpcDcr.Server.Policy;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Fetching;

/// <summary>
/// Finds wrong settings of section <c>Fetching</c> before the service starts: names each key, its value and what is allowed.
/// </summary>
internal static class FetchingOptionsValidator
{
    public static List<SettingProblem> Validate(FetchingOptions options)
    {
        var failures = new List<SettingProblem>();
        CheckHosts(options, failures);
        CheckAuthorities(options, failures);
        CheckLimits(options, failures);
        return failures;
    }

    private static void CheckHosts(FetchingOptions options, List<SettingProblem> failures)
    {
        foreach (var entry in WordList.Words(options.AllowedHosts).Where(entry => !AllowedHosts.IsEntry(entry)))
        {
            failures.Add(Message(
                nameof(options.AllowedHosts),
                entry,
                "a DNS name, an IPv4 address or an IPv6 address in brackets, alone or with a colon and a port, "
                + "such as keys.internal:8443"));
        }
    }

    private static void CheckAuthorities(FetchingOptions options, List<SettingProblem> failures)
    {
        try
        {
            if (options.CertificateAuthorities.Length > 0 && ServerTrust.ReadAuthorities(options.CertificateAuthorities).Count == 0)
            {
                failures.Add(Message(nameof(options.CertificateAuthorities), options.CertificateAuthorities, PemFile));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            failures.Add(
                Message(nameof(options.CertificateAuthorities), options.CertificateAuthorities, $"{PemFile} ({e.Message.TrimEnd('.')})"));
        }
    }

    private static void CheckLimits(FetchingOptions options, List<SettingProblem> failures)
    {
        Check(nameof(options.TimeoutSeconds), options.TimeoutSeconds, 1, 60);
        Check(nameof(options.MaxBytes), options.MaxBytes, 1024, 1048576);
        Check(nameof(options.MaxConcurrent), options.MaxConcurrent, 1, 1000);
        Check(nameof(options.MaxConcurrentPerHost), options.MaxConcurrentPerHost, 1, 1000);
        Check(nameof(options.CacheSeconds), options.CacheSeconds, 0, 86400);
        Check(nameof(options.CacheEntries), options.CacheEntries, 1, 10000);

        void Check(string key, int value, int least, int most)
        {
            if (value < least || value > most)
            {
                failures.Add(Message(key, value.ToString(CultureInfo.InvariantCulture), $"{least} to {most}"));
            }
        }
    }

    private const string PemFile = "empty, or the path of a readable PEM file with at least one certificate";

    private static SettingProblem Message(string name, string value, string allowed) =>
        new($"{FetchingOptions.Section}:{name}", value, allowed);
}
