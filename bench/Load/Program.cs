using GrpcDcr.Bench.Load;
using GrpcDcr.Bench.Load.Subjects;

var options = LoadOptions.Parse(args);
using var bench = new Workbench(options.Root, options.ServerCore);
var report = await new Plan(options, bench).RunAsync();
Console.Write(report);
if (options.Write)
{
    report.WriteInto(Path.Combine(options.Root, "bench", "README.md"));
}
