using GrpcDcr.Server.Errors;

namespace GrpcDcr.Server.Endpoints.Console.Sessions;

/// <summary>The path to go on to after the sign-in: nobody may be sent elsewhere by a link.</summary>
internal static class OwnPath
{
    /// <summary>The query parameter that has it.</summary>
    public const string Parameter = "return";

    /// <param name="path">The path with its query; <see langword="null"/> if none was sent.</param>
    /// <exception cref="RegistrationRefusedException">It is not that of a page of the console.</exception>
    public static void Require(string? path)
    {
        if (path is not null && !(path == SessionCookie.Path
            || path.StartsWith(SessionCookie.Path + '/', StringComparison.Ordinal)
            || path.StartsWith(SessionCookie.Path + '?', StringComparison.Ordinal)))
        {
            throw new RegistrationRefusedException(new RegistrationFault.InvalidArgument(
                Parameter, $"The query parameter {Parameter} must be the path of a page of the console."));
        }
    }

    /// <summary>The path as a header may have it.</summary>
    public static string Escaped(string path) => new Uri(new Uri("http://localhost"), path).PathAndQuery;
}
