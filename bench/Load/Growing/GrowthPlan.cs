using System.Diagnostics;
using System.Globalization;
using GrpcDcr.Bench.Load.Measuring;
using GrpcDcr.Bench.Load.Subjects;

namespace GrpcDcr.Bench.Load.Growing;

/// <summary>Fills one store with many clients and another one with a thousand, and measures them beside one another.</summary>
internal sealed class GrowthPlan(LoadOptions options, Workbench bench, Engine engine)
{
    private const int Concurrency = 16;
    private const int Few = 1_000;
    private const string Small = "few";
    private const string Large = "many";

    private readonly List<(string Name, string Value)> _facts = [];
    private readonly List<Comparison> _comparisons = [];

    public async Task<Growth> RunAsync(int clients)
    {
        await FilledStore.FillAsync(bench, Small, Few);
        var filling = Stopwatch.StartNew();
        var known = await FilledStore.FillAsync(bench, Large, clients);
        Note("filled through the store, clients a second", $"{clients / filling.Elapsed.TotalSeconds:N0}");
        foreach (var (where, time) in await FilledStore.PagesAsync(bench, Large))
        {
            Note($"page of pending clients, {where}", time);
        }

        var starting = Stopwatch.StartNew();
        using var many = await Service.StartAsync(bench, engine, Large);
        Note("from start to listening, s", $"{starting.Elapsed.TotalSeconds:F2}");
        NoteMemory("after the start", many);
        await DirectoryAsync(many, known);
        NoteMemory("after lookups", many);
        await RegistrationAsync(many, clients);
        await SteadyAsync(many);
        NoteMemory("at the end", many);
        return new Growth(clients, _comparisons, _facts);
    }

    private async Task DirectoryAsync(Service many, IReadOnlyList<IssuedClient> known)
    {
        using var calls = many.SampleCalls();
        var authentication = await calls.AuthenticateAsync(Service.AuthenticationOf(known[0]));
        var lookup = await calls.GetAsync(Service.LookupOf(known[0]));
        using var floors = await Floors.StartAsync(bench, answerBytes: 1024);
        await CompareAsync(
            "AuthenticateClient", floors.Echo(authentication, Service.DirectoryToken), many.AuthenticateClient(known));
        await CompareAsync("GetClient", floors.Echo(lookup, Service.DirectoryToken), many.GetClient(known));
    }

    private async Task RegistrationAsync(Service many, int clients)
    {
        using var few = await Service.StartAsync(bench, engine, Small);
        await CompareAsync(
            "registration, HTTP",
            few.RegistrationOverHttp() with { Name = $"from {Text(Few)} stored on" },
            many.RegistrationOverHttp() with { Name = $"from {Text(clients)} stored on" });
    }

    /// <summary>Half of what it can do at the most, for long enough to see checkpoints.</summary>
    private async Task SteadyAsync(Service many)
    {
        if (!options.Includes("steady"))
        {
            return;
        }

        var peak = _comparisons.Find(c => c.Name.StartsWith("registration", StringComparison.Ordinal))?.Subject.Median.Rate
            ?? (await Round.RunAsync(many.RegistrationOverHttp(), Concurrency, options.Pace.WarmUp)).Rate;
        var steady = await SteadyLoad.RunAsync(many.PublicListener, peak / 2, options.Pace.WarmUp);
        Note("registrations a second offered, half of the peak", $"{peak / 2:N0}");
        Note("answered", $"{steady.Rate:N0}");
        foreach (var (name, share) in new[] { ("p50", 0.5), ("p99", 0.99), ("p99.9", 0.999), ("slowest", 1) })
        {
            Note($"{name}, ms", $"{steady.Latencies.Percentile(share).TotalMilliseconds:F2}");
        }
    }

    private async Task CompareAsync(string name, Contender floor, Contender subject)
    {
        if (options.Includes(name))
        {
            await Console.Error.WriteLineAsync(name);
            _comparisons.Add(await Comparison.RunAsync(name, Concurrency, options.Pace, floor, subject));
        }
    }

    private void NoteMemory(string when, Service service) =>
        Note($"resident {when}, MiB", $"{service.Process.ResidentBytes / 1048576.0:N0}");

    private void Note(string name, FormattableString value) => _facts.Add((name, value.ToString(CultureInfo.InvariantCulture)));

    private void Note(string name, string value) => _facts.Add((name, value));

    private static string Text(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
