using System.Reflection;
using GrpcDcr.TestKit.Service;
using Xunit.Sdk;
using Xunit.v3;

namespace GrpcDcr.Conformance.Tests.Recording;

/// <summary>The tests of this assembly, found without running them.</summary>
internal static class Checks
{
    /// <summary>A parameter of this name carries the requirements of its row, with spaces between.</summary>
    private const string RowId = "requirement";

    /// <summary>One entry for each test that a whole run runs: its name and the requirements it checks.</summary>
    public static async Task<IReadOnlyList<(string Test, IReadOnlyList<string> Ids)>> AllAsync()
    {
        var checks = new List<(string, IReadOnlyList<string>)>();
        foreach (var method in typeof(Checks).Assembly.GetTypes().SelectMany(type => type.GetMethods()).Where(IsTest))
        {
            foreach (var arguments in await RowsAsync(method))
            {
                checks.Add(($"{method.DeclaringType!.Name}.{method.Name}", Ids(method, arguments)));
            }
        }

        return checks;
    }

    /// <summary>The requirements that a test checks: those of its attributes, and those of its row.</summary>
    public static IReadOnlyList<string> Ids(MethodInfo method, object?[] arguments)
    {
        var ids = method.GetCustomAttributes<RequirementAttribute>().Select(requirement => requirement.Id).ToList();
        var column = Array.FindIndex(method.GetParameters(), parameter => parameter.Name == RowId);
        if (column >= 0)
        {
            ids.AddRange(((string)arguments[column]!).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        }

        return ids;
    }

    private static bool IsTest(MethodInfo method) => method.GetCustomAttributes().OfType<IFactAttribute>().Any();

    private static async Task<IEnumerable<object?[]>> RowsAsync(MethodInfo method)
    {
        var sources = method.GetCustomAttributes().OfType<IDataAttribute>().ToList();
        if (sources.Count == 0)
        {
            return [[]];
        }

        await using var disposals = new DisposalTracker();
        var rows = new List<object?[]>();
        foreach (var source in sources)
        {
            if (source is ITypeAwareDataAttribute ofTheClass)
            {
                ofTheClass.MemberType ??= method.ReflectedType;
            }

            rows.AddRange((await source.GetData(method, disposals)).Select(row => row.GetData()));
        }

        return rows;
    }
}
