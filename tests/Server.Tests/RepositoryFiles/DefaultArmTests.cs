using System.Text.RegularExpressions;
using GrpcDcr.TestKit;

namespace GrpcDcr.Server.Tests.RepositoryFiles;

/// <summary>
/// No default arm of a switch means success: it throws, says no or nothing, or is listed here with the reason why it is harmless.
/// </summary>
public sealed partial class DefaultArmTests
{
    private static readonly Dictionary<string, string> Harmless = new(StringComparer.Ordinal)
    {
        ["Kind.Other,"] = "a character that belongs to no word",
        ["(null, $\"has no form for {subject}\"),"] = "a fault",
        ["\"set local synchronous_commit = on\","] = "the safe value for every weaker one",
        ["new StorageException(StorageFailure.Unavailable, \"The connection to the database cannot be used.\", e),"] = "a failure",
        ["new StorageException(StorageFailure.Unavailable, $\"The database refused ({e.SqlState}).\", e),"] = "a failure",
        ["e.Message.TrimEnd('.'),"] = "the cause of a failure, for the log",
        ["new RegistrationFault.Internal(),"] = "a failure",
        ["$\"an address and port that can be opened; the system answered {error}\","] = "a problem",
        ["value.ToString()!,"] = "a setting as text, for people",
        ["value,"] = "no other form of the value",
        ["Equals(one, other),"] = "values of the framework's types",
        ["JoseAlgorithms.ContentEncryptionNames.Contains(name) ? SharedSecret : null,"] = "an unknown algorithm has no strength",
        ["kept.Length > 0 ? next : before,"] = "what was approved, unless the new value keeps it",
        ["ExitCode.Failed,"] = "a failure",
        ["ExitCode.Refused,"] = "a failure",
        ["Of(node, indented: false),"] = "a value as text, for people",
        ["[(name, JsonText.Text(node))],"] = "a value as text, for people",
        ["problem.GetType().Name,"] = "the cause of a failure, for the log",
        ["await CountAsync(new RegistrationFault.CredentialInvalid(\"The role token\")),"] = "a refusal",
        ["(OAuthErrors.InvalidRequest, \"The request is not acceptable.\"),"] = "a refusal",
        ["\"The request is not acceptable.\","] = "a refusal",
        ["\"The request was refused\","] = "a refusal",
        ["\"New clients need approval.\","] = "why a client waits, which no rule explains",
        ["(Code.InvalidArgument, \"The request is not acceptable.\"),"] = "a refusal",
        ["\"Configured token\","] = "what a page shows",
        ["text,"] = "a field of a form is text, which is read strictly then",
        ["60,"] = "the last of the units that the pattern has",
        ["new AuditedMembers([]),"] = "what a page shows",
        ["JsonSerializer.SerializeToElement(text),"] = "a query parameter is text",
        ["$\"{setting} has a space, a line break or another character that is not visible ASCII.\","] = "a fault",
    };

    [Fact]
    public void No_default_arm_means_success()
    {
        var arms = Repository.Sources("src")
            .SelectMany(path => File.ReadLines(Path.Combine(Repository.Root, path))
                .Select((line, i) => (Place: $"{path}:{i + 1}", Text: line)))
            .Select(line => (line.Place, Result: Arm().Match(line.Text).Groups["result"].Value))
            .Where(arm => arm.Result.Length > 0)
            .ToList();
        Assert.True(arms.Count > 30);

        var others = arms.Where(arm => !SaysNo().IsMatch(arm.Result)).ToList();
        Assert.Equal([], others.Where(arm => !Harmless.ContainsKey(arm.Result)));
        Assert.Equal([], Harmless.Keys.Except(others.Select(arm => arm.Result)));
    }

    /// <summary>An arm with a condition decides something, and is no default.</summary>
    [GeneratedRegex(@"^\s*_ => (?<result>.+)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Arm();

    [GeneratedRegex("^(throw |(null|false),?$)", RegexOptions.ExplicitCapture)]
    private static partial Regex SaysNo();
}
