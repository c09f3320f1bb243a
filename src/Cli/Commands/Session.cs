using System.CommandLine;
using GrpcDcr.Cli.Contexts;
using GrpcDcr.Cli.OAuth;
using GrpcDcr.Cli.Output;
using GrpcDcr.Cli.Service;

namespace GrpcDcr.Cli.Commands;

/// <summary>One run of a command: its options, where results go, and the service.</summary>
internal sealed class Session : IDisposable
{
    private readonly ParseResult _parsed;
    private readonly Terminal _terminal;

    public Session(ParseResult parsed, CancellationToken stop)
    {
        (_parsed, Stop) = (parsed, stop);
        _terminal = new Terminal(parsed.GetValue(GlobalOptions.NoColor));
        Print = new Printer(GlobalOptions.Format(parsed), parsed.GetValue(GlobalOptions.Quiet), _terminal.Color);
    }

    /// <summary>Set when the user stops the command.</summary>
    public CancellationToken Stop { get; }

    public Printer Print { get; }

    public HttpExchange Http { get; } = new();

    public T? Of<T>(Option<T> option) => _parsed.GetValue(option);

    public T Of<T>(Argument<T> argument) => _parsed.GetRequiredValue(argument);

    /// <summary>An argument that may be left out.</summary>
    public T? Optional<T>(Argument<T> argument) => _parsed.GetValue(argument);

    /// <summary>The text of an option by its name, of which a command may have its own form, or none. Null if it was not given.</summary>
    public string? Text(string option) =>
        _parsed.CommandResult.Command.Options.FirstOrDefault(own => own.Name == option) is Option<string> own ? Of(own) : null;

    /// <summary>Whether the option was given.</summary>
    public bool Has(Option option) => _parsed.GetResult(option) is { Implicit: false };

    /// <summary>The name of the context to use; null if there is none.</summary>
    public string? ContextName(Configuration configuration) => Of(GlobalOptions.Context)
        ?? (Environment.GetEnvironmentVariable(GlobalOptions.ContextVariable) is { Length: > 0 } name ? name : configuration.Current);

    /// <summary>The service, with the token for it.</summary>
    /// <exception cref="CommandFault">There is no token, or none for this address.</exception>
    public AdminApi Api()
    {
        var configuration = ConfigurationFile.Read();
        var name = ContextName(configuration);
        var context = name is null ? null : configuration.Get(name);
        var address = ServiceAddress.Check(
            Of(GlobalOptions.Address) ?? context?.Address ?? ServiceAddress.Default,
            Of(GlobalOptions.AllowPlainHttp) || (context?.AllowPlainHttp ?? false),
            "The address");
        return new AdminApi(Http, address, GivenToken() is { } given ? _ => new(given) : TokenOf(name, context, address).GetAsync);
    }

    /// <summary>The token of the option or the environment; null if there is none.</summary>
    public string? GivenToken() => Of(GlobalOptions.TokenFile) is { } path
        ? CredentialInput.FromFile(path)
        : CredentialInput.FromEnvironment(GlobalOptions.TokenVariable);

    public Task SayAsync(string message) => Print.IsQuiet ? Task.CompletedTask : Terminal.SayAsync(message);

    public void Dispose() => Http.Dispose();

    /// <summary>The token of a context goes to its address and to no other.</summary>
    private ContextToken TokenOf(string? name, NamedContext? context, Uri address)
    {
        if (name is null || context?.Token is null)
        {
            throw CommandFault.Usage(
                $"There is no token. Run 'grpcdcr login', set {GlobalOptions.TokenVariable}, or name a file by --token-file.");
        }

        return new Uri(context.Address) == address
            ? new ContextToken(Http, TimeProvider.System, name, context)
            : throw CommandFault.Usage(
                $"The token of context '{name}' is for {context.Address} and is not sent to {address.GetLeftPart(UriPartial.Authority)}. "
                + $"Give one by {GlobalOptions.TokenVariable} or --token-file.");
    }
}
