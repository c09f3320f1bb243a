using Microsoft.Extensions.Options;

namespace GrpcDcr.Client;

/// <summary>Refuses settings that cannot work or are not safe. Messages name the setting and what is allowed, never a token.</summary>
internal sealed class GrpcDcrClientOptionsValidator<TOptions> : IValidateOptions<TOptions>
    where TOptions : GrpcDcrClientOptions
{
    /// <summary>gRPC makes at most this many attempts (gRFC A6).</summary>
    private const int MostAttempts = 5;

    private static readonly TimeSpan LongestCall = TimeSpan.FromMinutes(10);

    public ValidateOptionsResult Validate(string? name, TOptions options)
    {
        string?[] failures = [AddressFault(options), CredentialFault(options), DeadlineFault(options), AttemptsFault(options)];
        var found = failures.OfType<string>().Concat(options.OwnFaults()).Select(fault => Said(name, fault)).ToArray();
        return found.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(found);
    }

    private static string Said(string? name, string fault) =>
        string.IsNullOrEmpty(name) ? $"{typeof(TOptions).Name}: {fault}" : $"{typeof(TOptions).Name} '{name}': {fault}";

    private static string? AddressFault(TOptions options)
    {
        if (options.Address is not { } address)
        {
            return "Address is missing; set it to the internal listener of the service, such as http://127.0.0.1:8081.";
        }

        if (!address.IsAbsoluteUri)
        {
            return $"Address is '{address}'; allowed is an absolute address.";
        }

        return address.Scheme == Addresses.Dns ? DnsFault(address) : HttpFault(address, options.AllowPlainHttp);
    }

    private static string? HttpFault(Uri address, bool allowPlainHttp)
    {
        if (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps)
        {
            return $"Address is '{address}'; allowed are addresses that begin with https://, http:// or dns:///.";
        }

        if (address.PathAndQuery != "/" || address.Fragment.Length > 0 || address.UserInfo.Length > 0)
        {
            return "Address must have only scheme, host and port.";
        }

        return address.Scheme == Uri.UriSchemeHttp && !address.IsLoopback && !allowPlainHttp
            ? $"Address is '{address}': plain http would send tokens unencrypted to another machine; use https, or set AllowPlainHttp "
                + $"if the network itself is encrypted."
            : null;
    }

    private static string? DnsFault(Uri address) =>
        address.Host.Length == 0 && address.AbsolutePath.Length > 1 && address.AbsolutePath.LastIndexOf('/') == 0
            ? null
            : $"Address is '{address}'; after dns:/// it needs a host and a port, such as dns:///grpcdcr.internal:8081.";

    private static string? CredentialFault(TOptions options)
    {
        var (setting, value) = options.Credential;
        var provider = options.CredentialProvider;
        return value switch
        {
            null => null,
            _ when provider.Value is not null => $"{setting} and {provider.Setting} are both set; set one of them.",
            "" => $"{setting} is empty; leave it out if there is none.",
            _ when Addresses.IsVisible(value) => null,
            _ => $"{setting} has a space, a line break or another character that is not visible ASCII.",
        };
    }

    private static string? DeadlineFault(TOptions options) =>
        options.Deadline > TimeSpan.Zero && options.Deadline <= LongestCall
            ? null
            : $"Deadline is {options.Deadline}; allowed is more than zero, at most {LongestCall}.";

    private static string? AttemptsFault(TOptions options) =>
        options.MaxAttempts is >= 1 and <= MostAttempts ? null : $"MaxAttempts is {options.MaxAttempts}; allowed is 1 to {MostAttempts}.";
}
