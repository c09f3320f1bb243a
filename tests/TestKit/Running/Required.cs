namespace GrpcDcr.TestKit.Running;

/// <summary>
/// Programs that a test needs and that the .NET SDK does not bring. Where one is absent the test is skipped and says what is not tested; in
/// CI (<c>CI=true</c>) that is a failure.
/// </summary>
internal static class Required
{
    /// <param name="program">The program's name.</param>
    /// <param name="package">Debian's package that has it.</param>
    /// <param name="untested">What is not tested without it; the start of a sentence.</param>
    /// <param name="folders">Where to look besides the PATH.</param>
    /// <returns>The program's path.</returns>
    public static string Program(string program, string package, string untested, params IEnumerable<string> folders) =>
        Find(program, folders)
            ?? throw Missing($"{untested} not tested: there is no {program}. Install it, such as by 'apt-get install {package}'.");

    /// <summary>Skips the test, or fails it in CI.</summary>
    /// <param name="what">What is not tested, and what is missing.</param>
    public static InvalidOperationException Missing(string what)
    {
        if (Environment.GetEnvironmentVariable("CI") == "true")
        {
            Assert.Fail(what);
        }

        Assert.Skip(what);
        return new InvalidOperationException(what);
    }

    private static string? Find(string program, IEnumerable<string> folders) =>
        folders.Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
            .Append("/usr/sbin")
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);
}
