using GrpcDcr.TestKit.Samples;

namespace GrpcDcr.Fuzz.Tests.Engine;

/// <summary>The inputs worth changing: seeds, and those that took the server somewhere new.</summary>
internal sealed class Corpus
{
    private readonly List<byte[]> _inputs = [];

    public int Count => _inputs.Count;

    public void Add(byte[] input) => _inputs.Add(input);

    /// <summary>Any of them; every other time one of the youngest, which few changes have been tried on.</summary>
    public byte[] Pick(Dice dice)
    {
        var young = Math.Max(1, _inputs.Count / 8);
        return dice.OneIn(2) ? _inputs[^(1 + dice.Below(young))] : dice.Of(_inputs);
    }
}
