using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SharpFuzz.Common;

namespace GrpcDcr.Fuzz.Tests.Engine;

/// <summary>
/// The branches that the server took. The copy that these tests run counts each step from one branch to the next in a map; it has
/// one map, so one input is tried at a time.
/// </summary>
internal static unsafe class Coverage
{
    public const int Size = 65536;

    private static byte* _map;

    /// <summary>How often each step was taken since <see cref="Clear"/>; steps that share a place in the map count as one.</summary>
    public static ReadOnlySpan<byte> Steps => new(_map, Size);

    /// <summary>Before anything of the server runs: without a map its first branch would end the process.</summary>
    [ModuleInitializer]
    internal static void Attach()
    {
        _map = (byte*)NativeMemory.AllocZeroed(Size);
        Trace.SharedMem = _map;
    }

    public static void Clear()
    {
        new Span<byte>(_map, Size).Clear();
        Trace.PrevLocation = 0;
    }
}
