using GrpcDcr.Server.Administration;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Management;

/// <summary>
/// What a client demands of the version of its registration that it changes (RFC 9110 sections 13.1.1 and 13.1.2). Compared with the
/// version that the write replaces.
/// </summary>
/// <param name="IfMatch">The version must be one of these; <see langword="null"/> demands nothing.</param>
/// <param name="IfNoneMatch">The version must be none of these; <see langword="null"/> demands nothing.</param>
internal sealed record Precondition(IReadOnlyList<string>? IfMatch, IReadOnlyList<string>? IfNoneMatch)
{
    /// <summary>Stands for every version.</summary>
    public const string Any = "*";

    /// <exception cref="RegistrationRefusedException">The demand is not met.</exception>
    public void Check(RegisteredClient current)
    {
        var etag = Etag.Of(current);
        if (IfMatch?.Any(IsThis) == false || IfNoneMatch?.Any(IsThis) == true)
        {
            throw new RegistrationRefusedException(new RegistrationFault.PreconditionFailed());
        }

        bool IsThis(string tag) => tag is Any || tag == etag;
    }
}
