using BenchmarkDotNet.Running;
using GrpcDcr.Bench.Micro;

BenchmarkSwitcher.FromAssembly(typeof(RulesBench).Assembly).Run(args);
