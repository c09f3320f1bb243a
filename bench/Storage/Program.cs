using GrpcDcr.Bench.Storage;

// Figures of the embedded store on this machine, now: `dotnet run -c Release --project bench/Storage [folder] [seconds]`.
var parent = args.Length > 0 ? args[0] : Path.GetTempPath();
var seconds = args.Length > 1 ? int.Parse(args[1], null) : 4;
var folder = Directory.CreateDirectory(Path.Combine(parent, $"grpcdcr-bench-{Environment.ProcessId}")).FullName;
try
{
    await new StoreBench(folder, TimeSpan.FromSeconds(seconds)).RunAsync();
}
finally
{
    Directory.Delete(folder, recursive: true);
}
