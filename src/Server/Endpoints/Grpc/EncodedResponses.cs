using Google.Protobuf;

namespace GrpcDcr.V1;

/// <summary>
/// An answer whose field is encoded already. A message writes fields that it does not know as they came, so this one goes out like any
/// other; here its <see cref="Client"/> is not set.
/// </summary>
internal sealed partial class GetClientResponse
{
    public static GetClientResponse Encoded(UnknownFieldSet client) => new() { _unknownFields = client };
}

/// <inheritdoc cref="GetClientResponse"/>
internal sealed partial class AuthenticateClientResponse
{
    public static AuthenticateClientResponse Encoded(UnknownFieldSet client) => new() { _unknownFields = client };
}
