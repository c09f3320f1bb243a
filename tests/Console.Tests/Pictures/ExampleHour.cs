using System.Globalization;
using Grpc.Core;
using GrpcDcr.TestKit.Samples;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Console.Tests.Pictures;

/// <summary>The last hour, minute by minute: users come and go, programs err, and somebody floods.</summary>
internal static class ExampleHour
{
    private const int Minutes = 59;
    private const int FloodBegins = 24;
    private const int FloodEnds = 41;

    public static async Task LiveAsync(ExampleConsole console)
    {
        console.GoTo(26, 13, 30);
        var dice = new Dice(7);
        for (var minute = 0; minute < Minutes; minute++)
        {
            await AuthenticateAsync(console, dice, minute);
            await ErrAsync(console, dice);
            if (minute is >= FloodBegins and < FloodEnds)
            {
                await FloodAsync(console, minute);
            }

            if (minute is 12 or 38 or 47)
            {
                await console.RegisterAsync($"198.51.100.{150 + minute}", NewClientOf(minute));
            }

            if (minute == 51)
            {
                await console.ActAsync(ExampleConsole.Imran, "Shift Planner", "approve", """{"reason":"the works council agreed"}""");
                await console.ActAsync(ExampleConsole.Dana, "Shift Planner", "annotate", """{"set":{"team":"people"}}""");
            }

            console.Server.Time.Advance(TimeSpan.FromMinutes(1));
        }

        console.Server.Time.Advance(TimeSpan.FromSeconds(21));
    }

    /// <summary>An authorization server checks the secrets of clients.</summary>
    private static async Task AuthenticateAsync(ExampleConsole console, Dice dice, int minute)
    {
        var calls = 3 + dice.Below(5) + (4 * minute / Minutes);
        for (var i = 0; i < calls; i++)
        {
            var client = dice.OneIn(25) ? "Harbor L0gistics" : dice.Of(["Fleet Tracker", "Ledgerly Payroll", "Invoice Desk"]);
            try
            {
                await console.Server.AuthenticateAsync(console.Ids[client], dice.OneIn(30) ? "a wrong secret" : console.Secrets[client]);
            }
            catch (RpcException refused) when (refused.StatusCode == StatusCode.Unauthenticated)
            {
                // A wrong secret, or a suspended client: it counts.
            }
        }
    }

    /// <summary>Programs that are written now, and not right yet.</summary>
    private static async Task ErrAsync(ExampleConsole console, Dice dice)
    {
        if (dice.OneIn(6))
        {
            await console.RegisterAsync("2001:db8:40:9::12", """{"redirect_uris":["http://app.receipts.example/cb"]}""");
        }

        if (dice.OneIn(9))
        {
            await console.RegisterAsync("198.51.100.204", """{"redirect_uris":["https://museum.example/cb"],"grant_types":["password"]}""");
        }
    }

    private static async Task FloodAsync(ExampleConsole console, int minute)
    {
        for (var i = 0; i < 9; i++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"Winner {minute}-{i}");
            await console.RegisterAsync(
                "203.0.113.77", $$"""{"client_name":"{{name}}","redirect_uris":["https://w{{i}}.prize-draw.example/cb"]}""");
        }
    }

    private static string NewClientOf(int minute) => minute switch
    {
        12 => """{"client_name":"Museum Guide","redirect_uris":["https://museum.example/cb"],"contacts":["web@museum.example"]}""",
        38 => """{"client_name":"Shift Planner","redirect_uris":["https://shifts.example/oauth/done"]}""",
        _ => """{"client_name":"Library Search","redirect_uris":["https://library.example/cb"],"scope":"openid"}""",
    };
}
