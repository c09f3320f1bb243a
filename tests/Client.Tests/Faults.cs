using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;

namespace GrpcDcr.Client.Tests;

/// <summary>The <c>google.rpc.Status</c> details that the service attaches to its faults.</summary>
internal static class Faults
{
    public static Google.Rpc.Status Details(params IMessage[] details)
    {
        var status = new Google.Rpc.Status();
        status.Details.AddRange(details.Select(Any.Pack));
        return status;
    }

    public static ErrorInfo Reason(string reason, string? oauthError = null, string domain = "grpcdcr")
    {
        var info = new ErrorInfo { Reason = reason, Domain = domain };
        if (oauthError is not null)
        {
            info.Metadata["oauth_error"] = oauthError;
        }

        return info;
    }

    public static Answer Refused(Grpc.Core.StatusCode status, string reason, string detail = "no") =>
        new(Status: status, Detail: detail, Details: Details(Reason(reason)));
}
