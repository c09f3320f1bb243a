using GrpcDcr.Console.Tests.Running;

[assembly: AssemblyFixture(typeof(Chromium))]
[assembly: AssemblyFixture(typeof(SampleConsole))]

// Tests mostly wait: for a browser, for a database that starts, for a page that loads itself again.
[assembly: Xunit.v3.Parallelization(MaxThreads = 4)]
