using System.Net;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Console.Tests.Pictures;

/// <summary>Four days of a register: partners, a phishing attempt, and what waits since this morning.</summary>
internal static class ExampleDays
{
    private const string Dana = ExampleConsole.Dana;
    private const string Imran = ExampleConsole.Imran;

    public static async Task LiveAsync(ExampleConsole console)
    {
        var invoices = await MondayAsync(console);
        await TuesdayAsync(console);
        await WednesdayAsync(console);
        await ThursdayAsync(console);
        console.GoTo(26, 11, 30, 21);
        await console.UpdateAsync("198.51.100.77", invoices, """
            {"client_name":"Invoice Desk","client_uri":"https://ledgerly.example","contacts":["ops@ledgerly.example"],
             "redirect_uris":["https://invoices.ledgerly.example/callback","https://invoices.ledgerly-lyon.example/callback"],
             "grant_types":["authorization_code","refresh_token"],"scope":"openid profile invoices.read offline_access",
             "software_id":"ledgerly-invoices","software_version":"4.2.0"}
            """);
        console.GoTo(26, 12, 2, 40);
        await console.ActAsync(Dana, "Invoice Desk", "addNote", """
            {"text":"Called Ms Okafor at Ledgerly: the second host is their new site in Lyon. She sends the DNS records today."}
            """);
    }

    private static async Task<Answer> MondayAsync(ExampleConsole console)
    {
        console.GoTo(23, 8, 15, 3);
        var harbor = await console.IssueAsync(Dana, """
            {"label":"Harbor Logistics, production","max_uses":5,"expire_time":"2027-06-30T22:00:00Z","reason":"contract 2026-104",
             "constraints":{"owner":"Harbor Logistics","scopes":["openid","profile","offline_access"],
              "redirect_hosts":["*.harbor.example"]}}
            """);
        console.GoTo(23, 8, 40, 55);
        await console.RegisterAsync("198.51.100.20", """
            {"client_name":"Fleet Tracker","redirect_uris":["https://fleet.harbor.example/signin"],"contacts":["it@harbor.example"],
             "scope":"openid profile"}
            """, harbor);
        console.GoTo(23, 8, 52, 10);
        await console.RegisterAsync("198.51.100.20", """
            {"client_name":"Crew Roster","redirect_uris":["https://crew.harbor.example/signin","com.harbor-example.crew:/signin"]}
            """);
        console.GoTo(23, 9, 5, 31);
        await console.RegisterAsync(
            "198.51.100.77", """{"client_name":"Ledgerly Payroll","redirect_uris":["https://payroll.ledgerly.example/callback"]}""");
        console.GoTo(23, 9, 30, 8);
        var invoices = await console.RegisterAsync("198.51.100.77", """
            {"client_name":"Invoice Desk","client_uri":"https://ledgerly.example","contacts":["ops@ledgerly.example"],
             "redirect_uris":["https://invoices.ledgerly.example/callback"],"grant_types":["authorization_code"],
             "scope":"openid profile invoices.read","software_id":"ledgerly-invoices","software_version":"4.1.3"}
            """);
        console.GoTo(23, 10, 12, 49);
        foreach (var client in new[] { "Fleet Tracker", "Ledgerly Payroll", "Invoice Desk" })
        {
            await console.ActAsync(Imran, client, "approve", """{"reason":"known partner"}""");
        }

        console.GoTo(23, 10, 20, 2);
        await console.ActAsync(Dana, "Invoice Desk", "annotate", """{"set":{"team":"billing","tier":"gold"}}""");
        return invoices;
    }

    private static async Task TuesdayAsync(ExampleConsole console)
    {
        console.GoTo(24, 9, 10, 17);
        await console.RegisterAsync("203.0.113.45", """
            {"client_name":"Harbor L0gistics","redirect_uris":["https://harbor.prize-draw.example/login"],"software_id":"hl-mobile"}
            """);
        console.GoTo(24, 9, 41, 30);
        await console.ActAsync(Imran, "Harbor L0gistics", "approve", """{"reason":"partner since Monday"}""");
        console.GoTo(24, 15, 2, 44);
        await console.ActAsync(Dana, "Harbor L0gistics", "suspend", """
            {"reason":"phishing, reported by Harbor: SEC-1402","public_reason":"The name belongs to another company."}
            """);
        console.GoTo(24, 15, 6, 12);
        await console.BlockAsync(Dana, """
            {"subject":"REDIRECT_HOST","value":"*.prize-draw.example","effect":"REFUSE","reason":"phishing of Harbor's drivers: SEC-1402"}
            """);
        console.GoTo(24, 15, 8, 50);
        await console.BlockAsync(Dana, """
            {"subject":"CLIENT_NAME","value":"Harbor Logistics","effect":"HOLD","reason":"only Harbor itself may use this name"}
            """);
        console.GoTo(24, 16, 3, 5);
        await console.RegisterAsync(
            "203.0.113.46", """{"client_name":"Gift Card Winner","redirect_uris":["https://winner.gifts.example/cb"]}""");
        console.GoTo(24, 16, 30, 27);
        await console.ActAsync(
            Imran, "Gift Card Winner", "reject", """{"reason":"spam","public_reason":"We do not know this program."}""");
    }

    private static async Task WednesdayAsync(ExampleConsole console)
    {
        console.GoTo(25, 9, 15, 48);
        await console.IssueAsync(Dana, """
            {"label":"Ledgerly, sandbox","ttl":"2592000s","reason":"contract 2026-118",
             "constraints":{"owner":"Ledgerly","redirect_hosts":["*.ledgerly.example","localhost"],"automatic_approval":true}}
            """);
        console.GoTo(25, 9, 22, 6);
        await console.IssueAsync(Dana, """{"label":"Workshop, November","max_uses":30,"reason":"hands-on day"}""");
        console.GoTo(25, 14, 11, 39);
        await console.RegisterAsync("198.51.100.131", """
            {"client_name":"Terminal Notes","redirect_uris":["http://127.0.0.1/callback"],"token_endpoint_auth_method":"none"}
            """);
        console.GoTo(25, 14, 32, 0);
        await console.ActAsync(Imran, "Terminal Notes", "approve", """{"reason":"internal tool of platform engineering"}""");
        console.GoTo(25, 17, 30, 14);
        await console.AdministerAsync(
            Dana, $"initial-access-tokens/{console.Ids["Workshop, November"]}:revoke", """{"reason":"the workshop is over"}""");
        console.GoTo(25, 22, 10, 33);
        await console.AdministerAsync(Dana, "registration:close", """{"reason":"flood from 203.0.113.0/24"}""");
        console.GoTo(25, 22, 14, 9);
        await console.BlockAsync(Dana, """
            {"subject":"SOURCE_NETWORK","value":"203.0.113.128/25","effect":"REFUSE","reason":"flood: SEC-1409",
             "expire_time":"2026-12-02T22:00:00Z"}
            """);
        console.GoTo(25, 22, 41, 57);
        await console.AdministerAsync(Dana, "registration:open", """{"reason":"the flood is over: SEC-1409"}""");
    }

    private static async Task ThursdayAsync(ExampleConsole console)
    {
        (int Hour, int Minute, string Address, string Document)[] registrations =
        [
            (7, 44, "198.51.100.140", """{"client_name":"Travel Planner","redirect_uris":["https://travel.example/oauth/callback"]}"""),
            (8, 31, "2001:db8:40:9::12", """
                {"client_name":"Receipts","redirect_uris":["https://app.receipts.example/cb","com.receipts-example.app:/cb"]}
                """),
            (10, 2, "203.0.113.45", """
                {"client_name":"Harb\u03bfr Logistics","redirect_uris":["https://drivers.gifts.example/login"],"software_id":"hl-mobile"}
                """),
            (10, 57, "198.51.100.9", """
                {"client_name":"Desk Assistant","redirect_uris":["http://localhost/callback"],"token_endpoint_auth_method":"none"}
                """),
        ];
        foreach (var (hour, minute, address, document) in registrations)
        {
            console.GoTo(26, hour, minute, 36);
            Assert.Equal(HttpStatusCode.Created, (await console.RegisterAsync(address, document)).Status);
        }
    }
}
