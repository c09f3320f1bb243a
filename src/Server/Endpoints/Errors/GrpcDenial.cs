using System.Globalization;
using System.Text;
using Google.Protobuf;
using GrpcDcr.Server.Errors;

namespace GrpcDcr.Server.Endpoints.Errors;

/// <summary>Refuses a native gRPC call before it is read: a response of trailers only, in the shape of the gRPC HTTP/2 protocol.</summary>
internal static class GrpcDenial
{
    public static void Write(HttpContext http, RegistrationFault fault)
    {
        var status = GrpcFault.ToStatus(fault);
        var response = http.Response;
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = "application/grpc";
        ResponseHeaders.Challenge(response, fault);
        response.Headers["grpc-status"] = status.Code.ToString(CultureInfo.InvariantCulture);
        response.Headers["grpc-message"] = PercentEncode(status.Message);
        response.Headers["grpc-status-details-bin"] = Convert.ToBase64String(status.ToByteArray());
    }

    /// <summary>Percent-encoding of the gRPC protocol: printable ASCII but <c>%</c> stays as it is.</summary>
    private static string PercentEncode(string text)
    {
        var encoded = new StringBuilder(text.Length);
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            if (b is >= 0x20 and <= 0x7E and not (byte)'%')
            {
                encoded.Append((char)b);
            }
            else
            {
                encoded.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
            }
        }

        return encoded.ToString();
    }
}
