using System.Globalization;
using System.Text.Json.Nodes;
using GrpcDcr.Cli.Contexts;
using GrpcDcr.Cli.Output;
using GrpcDcr.Cli.Service;

namespace GrpcDcr.Cli.OAuth;

/// <summary>Gets an access token while the user approves in a browser, on this or on another machine (RFC 8628).</summary>
/// <param name="http">Sends the requests.</param>
/// <param name="time">Paces the questions, and knows when the code has expired.</param>
/// <param name="say">Shows the user where to go.</param>
internal sealed class DeviceFlow(HttpExchange http, TimeProvider time, Func<string, Task> say)
{
    private const string Grant = "urn:ietf:params:oauth:grant-type:device_code";
    private const int ServerError = 500;

    private static readonly TimeSpan CallTime = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan UsualInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SlowDown = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestInterval = TimeSpan.FromMinutes(1);

    /// <param name="asked">The authority, the client, and what to ask for.</param>
    /// <param name="stop">Stops the command.</param>
    /// <exception cref="CommandFault">There is no token: the user said no or nothing, or the authorization server refused.</exception>
    public async Task<IssuedToken> LoginAsync(IssuedLogin asked, CancellationToken stop)
    {
        var metadata = await Discovery.ReadAsync(
            http, asked.Authority, ServiceAddress.CheckSecure(asked.Authority, "--authority"), stop);
        var place = metadata.Endpoint(
            "device_authorization_endpoint", "this server has no device flow (RFC 8628).", ServiceAddress.CheckSecure);
        var endpoint = metadata.Endpoint("token_endpoint", "this server issues no tokens.", ServiceAddress.CheckSecure);
        var code = await CodeAsync(place, asked, stop);
        var end = time.GetUtcNow() + Seconds(code, "expires_in")!.Value;
        await ShowAsync(code, place, end);
        return await PollAsync(endpoint, asked with { TokenEndpoint = endpoint.ToString() }, code, end, stop);
    }

    private async Task<JsonObject> CodeAsync(Uri place, IssuedLogin asked, CancellationToken stop)
    {
        var (status, body) = await http.PostFormAsync(
            place, [("client_id", asked.ClientId), ("scope", asked.Scope), ("resource", asked.Resource)], CallTime, stop);
        var code = status == 200 ? JsonText.ParseObject(body) : null;
        return code is not null && JsonText.At(code, "device_code").Length > 0 && JsonText.At(code, "user_code").Length > 0
            && Seconds(code, "expires_in") is not null
            ? code
            : throw OAuthFaults.From(place, status, body);
    }

    private Task ShowAsync(JsonObject code, Uri place, DateTimeOffset end)
    {
        if (!Uri.TryCreate(JsonText.At(code, "verification_uri"), UriKind.Absolute, out var page)
            || (page.Scheme != Uri.UriSchemeHttps && page.Scheme != Uri.UriSchemeHttp))
        {
            throw CommandFault.Failed($"{place} names no page for the user: verification_uri must begin with https:// or http://.");
        }

        var minutes = Math.Max(1, (int)(end - time.GetUtcNow()).TotalMinutes);
        return say(
            $"Open {page.OriginalString} in a browser, and enter the code {JsonText.At(code, "user_code")} there."
            + (Uri.TryCreate(JsonText.At(code, "verification_uri_complete"), UriKind.Absolute, out var complete)
                && complete.GetLeftPart(UriPartial.Authority) == page.GetLeftPart(UriPartial.Authority)
                ? $"\nOr open {complete.OriginalString}, and compare the code."
                : "")
            + $"\nThe code expires in {minutes} {(minutes == 1 ? "minute" : "minutes")}.");
    }

    private async Task<IssuedToken> PollAsync(
        Uri endpoint, IssuedLogin asked, JsonObject code, DateTimeOffset end, CancellationToken stop)
    {
        (string, string?)[] form =
        [
            ("grant_type", Grant), ("device_code", JsonText.At(code, "device_code")), ("client_id", asked.ClientId),
            ("resource", asked.Resource),
        ];
        var interval = Seconds(code, "interval") is { } given && given > TimeSpan.Zero ? given : UsualInterval;
        while (true)
        {
            await Task.Delay(interval, time, stop);
            if (time.GetUtcNow() >= end)
            {
                throw Expired();
            }

            var (status, body) = await TryAsync(endpoint, form, stop);
            if (status is 0 or >= ServerError)
            {
                // RFC 8628 section 3.5: less often, so that a server with a problem gets no further one.
                interval = interval * 2 < LongestInterval ? interval * 2 : LongestInterval;
                continue;
            }

            if (IssuedToken.Read(status, body, asked, time.GetUtcNow()) is { } token)
            {
                return token;
            }

            interval += JsonText.At(JsonText.ParseObject(body), "error") switch
            {
                "authorization_pending" => TimeSpan.Zero,
                "slow_down" => SlowDown,
                "expired_token" => throw Expired(),
                "access_denied" => throw new CommandFault(ExitCode.Refused, $"{asked.Authority} was told not to log you in."),
                _ => throw OAuthFaults.From(endpoint, status, body),
            };
        }
    }

    /// <summary>The status is 0 if no answer came.</summary>
    private async Task<(int Status, string Body)> TryAsync(Uri endpoint, (string, string?)[] form, CancellationToken stop)
    {
        try
        {
            return await http.PostFormAsync(endpoint, form, CallTime, stop);
        }
        catch (CommandFault fault) when (fault.IsTransient)
        {
            return (0, "");
        }
    }

    private static TimeSpan? Seconds(JsonObject code, string member) =>
        int.TryParse(JsonText.At(code, member), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : null;

    private static CommandFault Expired() =>
        new(ExitCode.Refused, "The code has expired, and nobody entered it. Run the command again for another one.");
}
