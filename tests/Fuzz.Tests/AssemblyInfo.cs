// There is one map of branches: see Engine/Coverage.cs.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
