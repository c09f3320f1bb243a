using System.Diagnostics;
using System.Globalization;
using GrpcDcr.Bench.Load.Subjects;

namespace GrpcDcr.Bench.Load.Growing;

/// <summary>A store that bench/Storage fills and looks at, while no service has it.</summary>
internal static class FilledStore
{
    /// <returns>Credentials of clients spread over the store.</returns>
    public static async Task<IReadOnlyList<IssuedClient>> FillAsync(Workbench bench, string name, int clients)
    {
        await Console.Error.WriteLineAsync($"filling a store with {clients} clients");
        var samples = SamplesOf(bench, name);
        await RunAsync(bench, "fill", bench.FolderOf(name), clients.ToString(CultureInfo.InvariantCulture), samples);
        return [
            .. File.ReadLines(samples)
                .Select(line => line.Split(' '))
                .Select(parts => new IssuedClient(parts[0], parts[1], AnswerBytes: 0))];
    }

    /// <returns>Where in the list a page begins, and how long it takes.</returns>
    public static async Task<IReadOnlyList<(string Where, string Time)>> PagesAsync(Workbench bench, string name)
    {
        var output = await RunAsync(bench, "pages", bench.FolderOf(name), SamplesOf(bench, name));
        return [
            .. output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => line.Split('\t'))
                .Select(parts => (parts[0], parts[1]))];
    }

    private static string SamplesOf(Workbench bench, string name) => Path.Combine(bench.FolderOf("samples"), name);

    private static async Task<string> RunAsync(Workbench bench, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [bench.StorageAssembly, .. arguments]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"bench/Storage ended with {process.ExitCode}: {output}");
    }
}
