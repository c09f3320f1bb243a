using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using GrpcDcr.Bench.Load.Measuring;
using GrpcDcr.Bench.Load.Subjects;

namespace GrpcDcr.Bench.Load.Opinions;

/// <summary>The rate that another driver gets out of the same contender.</summary>
internal sealed record Opinion(string Name, string Tool, double Mine, double Its);

/// <summary>
/// wrk puts the HTTP floor and the service under load, h2load the gRPC floor: so that this driver is not what limits them.
/// </summary>
internal static partial class SecondOpinion
{
    private const int MessageBytes = 256;
    private const int Channels = 4;

    public static async Task<IReadOnlyList<Opinion>> RunAsync(Workbench bench, Floors floors, Service service, int concurrency, Pace pace)
    {
        var echo = floors.Echo(new Exchange(MessageBytes, MessageBytes), token: null);
        return
        [
            await OverHttpAsync(bench, floors.BareEndpoint(), floors.HttpUri, concurrency, pace),
            await OverHttpAsync(bench, service.RegistrationOverHttp(), service.RegistrationUri, concurrency, pace),
            await OverGrpcAsync(bench, echo, floors.SayUri, Floors.SayFrame(MessageBytes), concurrency, pace),
        ];
    }

    private static async Task<Opinion> OverHttpAsync(Workbench bench, Contender contender, Uri uri, int concurrency, Pace pace)
    {
        var script = Path.Combine(bench.FolderOf("opinions"), "post.lua");
        await File.WriteAllTextAsync(
            script, $"wrk.method = 'POST'\nwrk.headers['Content-Type'] = 'application/json'\nwrk.body = [[{RegistrationRequest.Body}]]\n");
        var output = await RunAsync("wrk", "-t1", $"-c{concurrency}", $"-d{pace.Length.TotalSeconds:0}s", "-s", script, uri.ToString());
        return await OpinionAsync(contender, "wrk", output, concurrency, pace);
    }

    private static async Task<Opinion> OverGrpcAsync(
        Workbench bench, Contender contender, Uri uri, byte[] frame, int concurrency, Pace pace)
    {
        var body = Path.Combine(bench.FolderOf("opinions"), "say.bin");
        await File.WriteAllBytesAsync(body, frame);
        var output = await RunAsync(
            "h2load", "-t1", $"-c{Channels}", $"-m{concurrency / Channels}", $"-D{pace.Length.TotalSeconds:0}", "-d", body,
            "-H", "content-type: application/grpc", "-H", "te: trailers", uri.ToString());
        return await OpinionAsync(contender, "h2load", output, concurrency, pace);
    }

    private static async Task<Opinion> OpinionAsync(Contender contender, string tool, string output, int concurrency, Pace pace)
    {
        var its = double.Parse(Rate().Match(output).Groups["rate"].Value, CultureInfo.InvariantCulture);
        var mine = await Round.RunAsync(contender, concurrency, pace.Length);
        return new Opinion(contender.Name, tool, mine.Rate, its);
    }

    /// <exception cref="System.ComponentModel.Win32Exception">The program is not installed.</exception>
    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return output;
    }

    /// <summary>wrk: <c>Requests/sec:  123.4</c>; h2load: <c>finished in 4.0s, 123.4 req/s, ...</c>.</summary>
    [GeneratedRegex(@"Requests/sec:\s+(?<rate>[\d.]+)|, (?<rate>[\d.]+) req/s")]
    private static partial Regex Rate();
}
