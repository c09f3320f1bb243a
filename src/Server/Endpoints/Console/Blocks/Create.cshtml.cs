using GrpcDcr.Admin.V1;
using GrpcDcr.Server.Administration;
using GrpcDcr.Server.Endpoints.Console.Shared;
using GrpcDcr.Server.Endpoints.Mapping;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Syntax;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace GrpcDcr.Server.Endpoints.Console.Blocks;

/// <summary>Creates a block rule. Another page may fill in the form by the query.</summary>
[StandsFor("BlockRules/CreateBlockRule")]
internal sealed class CreateModel(BlockRuleControl control, TimeProvider time) : ConsolePage
{
    [FromQuery(Name = "subject")]
    public string? AskedSubject { get; set; }

    [FromQuery(Name = "value")]
    public string? AskedValue { get; set; }

    [FromQuery(Name = "effect")]
    public string? AskedEffect { get; set; }

    [FromForm(Name = "subject")]
    public string? Subject { get; set; }

    [FromForm(Name = "value")]
    public string? Value { get; set; }

    [FromForm(Name = "effect")]
    public string? Effect { get; set; }

    [FromForm(Name = "reason")]
    public string? Reason { get; set; }

    [FromForm(Name = "expire_time")]
    public string? ExpireTime { get; set; }

    public void OnGet()
    {
        var violations = new Violations();
        FormMessage.Read<CreateBlockRuleRequest>(this, BindingSource.Query, violations);
        if (violations.Found.Count > 0)
        {
            throw new RegistrationRefusedException(new RegistrationFault.InvalidArgument(violations.Found));
        }

        (Subject, Value, Effect) = (AskedSubject, AskedValue, AskedEffect);
    }

    public Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var violations = new Violations();
        var request = FormMessage.Read<CreateBlockRuleRequest>(this, BindingSource.Form, violations);
        if (violations.Found.Count > 0)
        {
            var rules = BlockRuleRequestRules.Find(request.ToModel(), Reason, time.Now());
            return Task.FromResult(Again([.. violations.Found, .. rules.ExceptBy(violations.Found.Select(v => v.Member), v => v.Member)]));
        }

        return ActAsync(async () =>
        {
            var rule = await control.CreateAsync(request.ToModel(), Act(request.Reason), cancellationToken);
            return SeeOther($"/console/blocks#{rule.Id}", "The block rule is in effect.");
        });
    }
}
