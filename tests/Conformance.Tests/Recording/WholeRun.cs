[assembly: AssemblyFixture(typeof(GrpcDcr.Conformance.Tests.Recording.WholeRun))]

namespace GrpcDcr.Conformance.Tests.Recording;

/// <summary>
/// Compares the document with the outcomes once all tests have run, and with <c>REWRITE_DOCS=1</c> writes it. A run of a part of the
/// tests does neither.
/// </summary>
public sealed class WholeRun : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        if (Outcomes.Count != (await Checks.AllAsync()).Count)
        {
            return;
        }

        var found = ConformanceDocument.Of(Outcomes.ById());
        if (Environment.GetEnvironmentVariable("REWRITE_DOCS") == "1")
        {
            await File.WriteAllTextAsync(ConformanceDocument.PathOf, found);
        }
        else
        {
            ConformanceDocument.Require(found, await File.ReadAllTextAsync(ConformanceDocument.PathOf));
        }
    }
}
