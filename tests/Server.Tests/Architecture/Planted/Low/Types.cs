using GrpcDcr.Server.Tests.Architecture.Planted.High;
using GrpcDcr.Server.Tests.Architecture.Planted.Low.Deep;

namespace GrpcDcr.Server.Tests.Architecture.Planted.Low;

internal class Thing;

[AttributeUsage(AttributeTargets.Class)]
internal sealed class NoteAttribute(Type type) : Attribute
{
    public Type Type => type;
}

/// <summary>The planted upward arrow: the argument of an attribute, which is easily overlooked.</summary>
[Note(typeof(Plain))]
internal static class Upward;

internal static class ToItsChild
{
    public static Type Child() => typeof(ToItsParent);
}
