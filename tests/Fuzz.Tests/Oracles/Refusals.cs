using GrpcDcr.Server.Endpoints.Errors;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Syntax;
using GrpcDcr.TestKit;

namespace GrpcDcr.Fuzz.Tests.Oracles;

/// <summary>What holds for every refusal: fit for a header and for a page, and of a size that callers accept.</summary>
internal static class Refusals
{
    /// <summary>Characters.</summary>
    private const int LongestSentence = 600;

    /// <summary>Octets of headers that many gRPC callers accept, less what the others need.</summary>
    private const int HeaderRoom = 7_500;

    /// <summary>One sentence that a caller reads.</summary>
    public static void CheckSentence(string text)
    {
        PlainAscii.Check(text);
        Assert.InRange(text.Length, 5, LongestSentence);
    }

    /// <summary>A refusal of the HTTP edge, which no gRPC caller gets.</summary>
    public static void Check(RegistrationFault fault)
    {
        PlainAscii.Check(fault.Description);
        Assert.InRange(fault.Description.Length, 5, 5 * LongestSentence);
        Assert.Equal(400, FaultTable.RowOf(fault).Http);
        if (fault is RegistrationFault.InvalidMetadata invalid)
        {
            Assert.NotEmpty(invalid.Violations);
            Assert.All(invalid.Violations, violation => CheckSentence(violation.Description));
            Assert.All(invalid.Violations.Where(violation => violation.Member.Length > 0), violation => PlainAscii.Check(violation.Member));
        }
    }

    /// <summary>A refusal of the rules: gRPC callers get it in the headers of the answer, where octets stand as base64.</summary>
    public static void Check(IReadOnlyList<Violation> violations)
    {
        var fault = new RegistrationFault.InvalidMetadata(violations);
        Check(fault);
        Assert.DoesNotContain(violations, violation => violation.Member.Length == 0);
        var octets = GrpcFault.ToStatus(fault).CalculateSize();
        Assert.True((octets * 4 / 3) + fault.Description.Length < HeaderRoom, $"The refusal takes {octets} octets.");
    }
}
