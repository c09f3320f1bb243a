using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace GrpcDcr.Client.Tests;

public sealed class OptionsTests
{
    [Theory]
    [InlineData("http://127.0.0.1:8081")]
    [InlineData("http://localhost:8081")]
    [InlineData("http://[::1]:8081/")]
    [InlineData("https://dcr.example")]
    [InlineData("dns:///dcr.example:8081")]
    public void Accepts_tls_anywhere_and_plain_http_on_loopback(string address) =>
        Assert.Empty(Faults(options => options.Address = new Uri(address)));

    [Theory]
    [InlineData("http://dcr.example:8081", "AllowPlainHttp")]
    [InlineData("http://10.0.0.1", "AllowPlainHttp")]
    [InlineData("ftp://127.0.0.1", "https://")]
    [InlineData("relative", "absolute")]
    [InlineData("dns://resolver/dcr.example:8081", "dns:///")]
    [InlineData("dns:///", "dns:///")]
    [InlineData("https://dcr.example/grpc", "scheme, host and port")]
    [InlineData("https://dcr.example?x=1", "scheme, host and port")]
    [InlineData("https://me:hush@dcr.example", "scheme, host and port")]
    public void Refuses_an_address_that_cannot_work_or_is_not_safe(string address, string wayOut) =>
        Assert.Contains(wayOut, Assert.Single(Faults(options => options.Address = new Uri(address, UriKind.RelativeOrAbsolute))));

    [Fact]
    public void Refuses_a_missing_address() =>
        Assert.Contains("Address is missing", Assert.Single(Faults(options => options.Address = null)));

    [Fact]
    public void Accepts_plain_http_to_another_machine_when_told_so() => Assert.Empty(Faults(options =>
    {
        options.Address = new Uri("http://dcr.example:8081");
        options.AllowPlainHttp = true;
    }));

    [Theory]
    [InlineData("")]
    [InlineData("hush-hush\n")]
    [InlineData("hush hush")]
    [InlineData("hüsh")]
    public void Refuses_a_token_no_header_can_carry_without_repeating_it(string token)
    {
        var faults = new[]
        {
            Assert.Single(Faults<GrpcDcrDirectoryOptions>(options => options.Token = token)),
            Assert.Single(Faults<GrpcDcrRegistrationOptions>(options => options.InitialAccessToken = token)),
        };
        Assert.StartsWith("GrpcDcrDirectoryOptions 'eu': Token ", faults[0]);
        Assert.StartsWith("GrpcDcrRegistrationOptions 'eu': InitialAccessToken ", faults[1]);
        Assert.All(faults, fault => Assert.DoesNotContain("sh", fault.Replace("visible ASCII", "", StringComparison.Ordinal)));
    }

    [Fact]
    public void Refuses_a_token_and_a_function_that_gives_one() =>
        Assert.Contains("TokenProvider", Assert.Single(Faults<GrpcDcrDirectoryOptions>(options =>
            (options.Token, options.TokenProvider) = ("hush", _ => ValueTask.FromResult("hush")))));

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(601, 1, 1)]
    [InlineData(1, 0, 1)]
    [InlineData(1, 86_401, 1)]
    [InlineData(1, 1, 0)]
    [InlineData(1, 1, 6)]
    public void Refuses_deadlines_and_attempts_out_of_range(int deadline, int backUpDeadline, int attempts) =>
        Assert.Single(Faults<GrpcDcrAdministrationOptions>(options =>
    {
        options.Deadline = TimeSpan.FromSeconds(deadline);
        options.BackUpDeadline = TimeSpan.FromSeconds(backUpDeadline);
        options.MaxAttempts = attempts;
    }));

    [Fact]
    public async Task A_host_does_not_start_on_a_bad_setting()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddGrpcDcrDirectory(options => options.Address = new Uri("http://dcr.example"));
        using var host = builder.Build();
        await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());
    }

    private static IEnumerable<string> Faults(Action<GrpcDcrDirectoryOptions> configure) => Faults<GrpcDcrDirectoryOptions>(configure);

    private static IEnumerable<string> Faults<TOptions>(Action<TOptions> configure)
        where TOptions : GrpcDcrClientOptions, new()
    {
        var options = new TOptions { Address = new Uri("http://127.0.0.1:8081") };
        configure(options);
        return new GrpcDcrClientOptionsValidator<TOptions>().Validate("eu", options).Failures ?? [];
    }
}
