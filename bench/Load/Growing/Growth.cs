using GrpcDcr.Bench.Load.Measuring;

namespace GrpcDcr.Bench.Load.Growing;

/// <summary>What a store of many clients does.</summary>
/// <param name="Clients">How many were stored before anything was measured.</param>
/// <param name="Comparisons">Registration beside a small store, the directory beside its floor.</param>
/// <param name="Facts">Single figures, by name.</param>
internal sealed record Growth(int Clients, IReadOnlyList<Comparison> Comparisons, IReadOnlyList<(string Name, string Value)> Facts);
