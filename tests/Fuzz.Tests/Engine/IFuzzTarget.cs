using GrpcDcr.TestKit.Samples;

namespace GrpcDcr.Fuzz.Tests.Engine;

/// <summary>Something that reads hostile input, and what must hold whatever it reads.</summary>
internal interface IFuzzTarget
{
    /// <summary>Names its folder of found inputs.</summary>
    string Name { get; }

    /// <summary>Inputs to begin with: good ones, and the bad ones that people thought of.</summary>
    IReadOnlyList<byte[]> Seeds { get; }

    IMutation Mutation { get; }

    /// <summary>Reads the input. Throws where something does not hold.</summary>
    void Check(byte[] input);
}

/// <summary>Makes new inputs of old ones.</summary>
internal interface IMutation
{
    /// <param name="input">What is changed; stays as it is.</param>
    /// <param name="other">Another input, to take pieces of.</param>
    /// <param name="dice">Decides.</param>
    byte[] Mutate(byte[] input, byte[] other, Dice dice);
}
