using System.Reflection;
using System.Runtime.CompilerServices;

namespace GrpcDcr.Server.Tests.Architecture;

/// <summary>Finds properties that can be set after construction.</summary>
internal static class Immutability
{
    public static IEnumerable<string> SettableProperties(Assembly assembly, string @namespace) => assembly.GetTypes()
        .Where(type => type.Namespace == @namespace)
        .SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static))
        .Where(property => property.SetMethod is { } setter && !IsInit(setter))
        .Select(property => $"{property.DeclaringType}.{property.Name}");

    private static bool IsInit(MethodInfo setter) =>
        setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));
}
