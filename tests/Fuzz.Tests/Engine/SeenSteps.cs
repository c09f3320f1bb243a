using System.Numerics;
using System.Runtime.InteropServices;

namespace GrpcDcr.Fuzz.Tests.Engine;

/// <summary>All steps that any input took so far, each with the magnitudes of how often one input took it.</summary>
internal sealed class SeenSteps
{
    private readonly byte[] _magnitudes = new byte[Coverage.Size];

    /// <summary>Different steps.</summary>
    public int Count { get; private set; }

    /// <summary>
    /// Takes the steps of one input into account. Says whether it took one that is new, or one more often than any before.
    /// </summary>
    public bool Add(ReadOnlySpan<byte> steps)
    {
        var isNew = false;
        var words = MemoryMarshal.Cast<byte, ulong>(steps);
        for (var word = 0; word < words.Length; word++)
        {
            if (words[word] != 0)
            {
                for (var at = word * sizeof(ulong); at < (word + 1) * sizeof(ulong); at++)
                {
                    isNew |= Add(at, steps[at]);
                }
            }
        }

        return isNew;
    }

    private bool Add(int at, byte times)
    {
        var magnitude = times == 0 ? (byte)0 : (byte)(1 << BitOperations.Log2(times));
        if ((_magnitudes[at] | magnitude) == _magnitudes[at])
        {
            return false;
        }

        Count += _magnitudes[at] == 0 ? 1 : 0;
        _magnitudes[at] |= magnitude;
        return true;
    }
}
