[assembly: AssemblyFixture(typeof(GrpcDcr.Conformance.Tests.Recording.WholeRun))]

namespace GrpcDcr.Conformance.Tests.Recording;

/// <summary>Writes the document once all tests have run; a run of a part of them leaves it as it is.</summary>
public sealed class WholeRun : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        if (Outcomes.Count == (await Checks.AllAsync()).Count)
        {
            await File.WriteAllTextAsync(ConformanceDocument.PathOf, ConformanceDocument.Of(Outcomes.ById()));
        }
    }
}
