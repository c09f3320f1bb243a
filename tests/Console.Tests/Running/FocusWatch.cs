namespace GrpcDcr.Console.Tests.Running;

/// <summary>Where the focus was.</summary>
/// <param name="Names">The controls of the page, in the order of the page.</param>
/// <param name="Reached">Which of them had the focus, in turn.</param>
/// <param name="Problems">What is wrong with their focus.</param>
internal sealed record FocusWatch(IReadOnlyList<string> Names, IReadOnlyList<int> Reached, IReadOnlyList<string> Problems)
{
    /// <summary>What was reached, by name.</summary>
    public IEnumerable<string> Path => Reached.Where(i => i >= 0).Select(i => Names[i]);
}
