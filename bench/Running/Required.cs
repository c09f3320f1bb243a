namespace GrpcDcr.Tests.Running;

/// <summary>Programs that a measurement needs, for the sources shared with the tests.</summary>
internal static class Required
{
    /// <exception cref="InvalidOperationException">It is not there.</exception>
    public static string Program(string program, string package, string untested, params IEnumerable<string> folders) =>
        folders.Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException($"{untested} not measured: there is no {program}. Install it, such as by 'apt-get install {package}'.");
}
