using Microsoft.Extensions.Options;

namespace GrpcDcr.Client;

/// <summary>Refuses settings that cannot work or are not safe. Messages name the key and the way out, never a token.</summary>
internal sealed class GrpcDcrClientOptionsValidator : IValidateOptions<GrpcDcrClientOptions>
{
    /// <summary>gRPC makes no more attempts than this whatever the policy says (gRFC A6).</summary>
    private const int MostAttempts = 5;

    public ValidateOptionsResult Validate(string? name, GrpcDcrClientOptions options)
    {
        string?[] failures =
        [
            AddressFault(options),
            TokenFault(nameof(options.InitialAccessToken), options.InitialAccessToken),
            TokenFault(nameof(options.DirectoryToken), options.DirectoryToken),
            TokenFault(nameof(options.OperatorToken), options.OperatorToken),
            DeadlineFault(nameof(options.Deadline), options.Deadline, TimeSpan.FromMinutes(10)),
            DeadlineFault(nameof(options.BackUpDeadline), options.BackUpDeadline, TimeSpan.FromDays(1)),
            options.MaxAttempts is >= 1 and <= MostAttempts
                ? null
                : $"MaxAttempts is {options.MaxAttempts}; allowed is 1 to {MostAttempts}.",
        ];
        var found = failures.OfType<string>().ToArray();
        return found.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(found);
    }

    private static string? AddressFault(GrpcDcrClientOptions options)
    {
        if (options.Address is not { } address)
        {
            return "Address is missing; set it to the inner door of the service, such as http://127.0.0.1:8081.";
        }
        if (!address.IsAbsoluteUri || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps))
        {
            return $"Address is '{address}'; allowed is an absolute https or http address.";
        }
        if (address.PathAndQuery != "/" || address.Fragment.Length > 0 || address.UserInfo.Length > 0)
        {
            return "Address has more than scheme, host and port; gRPC has no place for the rest.";
        }
        if (address.Scheme == Uri.UriSchemeHttp && !address.IsLoopback && !options.AllowPlainHttp)
        {
            return $"Address is '{address}': plain http would send tokens in the clear to another machine; use https, or set AllowPlainHttp where the network itself encrypts.";
        }
        return null;
    }

    /// <summary>A header takes visible ASCII only; the usual slip is the line break at the end of a file.</summary>
    private static string? TokenFault(string key, string? token) => token switch
    {
        null => null,
        "" => $"{key} is empty; leave it out where there is none.",
        _ when token.All(c => c is > ' ' and < '\x7f') => null,
        _ => $"{key} has a space, a line break or another character that is not visible ASCII.",
    };

    private static string? DeadlineFault(string key, TimeSpan deadline, TimeSpan most) =>
        deadline > TimeSpan.Zero && deadline <= most ? null : $"{key} is {deadline}; allowed is more than zero, at most {most}.";
}
