using System.Reflection;
using Xunit.v3;

[assembly: GrpcDcr.Conformance.Tests.Recording.RecordsOutcomes]

namespace GrpcDcr.Conformance.Tests.Recording;

/// <summary>Keeps how each test of the assembly ended.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class RecordsOutcomesAttribute : BeforeAfterTestAttribute
{
    public override void After(MethodInfo methodUnderTest, IXunitTest test)
    {
        ArgumentNullException.ThrowIfNull(test);
        Outcomes.Add(
            Checks.Ids(methodUnderTest, test.TestMethodArguments), TestContext.Current.TestState?.Result == TestResult.Passed);
    }
}
