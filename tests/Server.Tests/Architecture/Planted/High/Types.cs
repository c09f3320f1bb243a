using GrpcDcr.Server.Tests.Architecture.Planted.Low;

namespace GrpcDcr.Server.Tests.Architecture.Planted.High;

/// <summary>Refers to nothing.</summary>
internal static class Plain;

/// <summary>Refers to the lower floor by its base type; the others each in another way.</summary>
internal abstract class ByBase : Thing;

internal static class ByField
{
    public static Thing? Field { get; }
}

internal static class BySignature
{
    public static void Clear(List<Thing[]> things) => things.Clear();
}

internal static class ByCode
{
    public static Func<object> Make() => () => new Thing();
}

internal static class ByGenericMethod
{
    public static object Make() => Array.Empty<Thing>();
}

[Note(typeof(Plain))]
internal static class ByAttribute;

internal abstract class ByConstraint<T>
    where T : Thing;
