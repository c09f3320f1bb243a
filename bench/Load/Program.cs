using GrpcDcr.Bench.Load;
using GrpcDcr.Bench.Load.Subjects;

var options = LoadOptions.Parse(args);
using var bench = new Workbench(options.Root, options.ServerCore);
await using var engine = await Engine.StartAsync(options.Engine);
var report = await new Plan(options, bench, engine).RunAsync();
Console.Write(report);
if (options.Write)
{
    report.WriteInto(Path.Combine(options.Root, "bench", "README.md"));
    report.Draw(bench.FiguresFolder);
}
