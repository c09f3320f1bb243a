using GrpcDcr.Admin.V1;

namespace GrpcDcr.Client.Tests;

public sealed class BlockRulesTests
{
    [Fact]
    public async Task Rules_are_created_listed_and_deleted()
    {
        var rule = new BlockRule { BlockRuleId = "b1", Subject = BlockSubject.RedirectHost, Value = "evil.example" };
        await using var service = await FakeService.StartAsync(call => new Answer(call.Path.Split('/')[^1] switch
        {
            "ListBlockRules" => new ListBlockRulesResponse { BlockRules = { rule } },
            "CreateBlockRule" => new CreateBlockRuleResponse { BlockRule = rule },
            _ => new DeleteBlockRuleResponse(),
        }));
        await using var sdk = new Sdk(service.Address);
        var request = new CreateBlockRuleRequest { Subject = BlockSubject.RedirectHost, Value = "evil.example", Reason = "abuse" };

        Assert.Equal([rule], await sdk.Blocks.ListAsync());
        Assert.Equal(rule, await sdk.Blocks.CreateAsync(request));
        await sdk.Blocks.DeleteAsync("b1", "over");

        Assert.Equal(request, CreateBlockRuleRequest.Parser.ParseFrom(service.Calls.ElementAt(1).Message));
        Assert.Equal(
            new DeleteBlockRuleRequest { BlockRuleId = "b1", Reason = "over" },
            DeleteBlockRuleRequest.Parser.ParseFrom(service.Calls.ElementAt(2).Message));
    }
}
