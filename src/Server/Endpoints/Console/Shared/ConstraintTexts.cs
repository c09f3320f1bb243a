namespace GrpcDcr.Server.Endpoints.Console.Shared;

/// <summary>Constraints for people.</summary>
internal static class ConstraintTexts
{
    /// <summary>What they allow; empty if that is all that policy allows.</summary>
    public static IReadOnlyList<(string Name, string Text)> Of(Model.RegistrationConstraints constraints)
    {
        var texts = new List<(string Name, string Text)>();
        Add("Scopes", constraints.Scopes);
        Add("Grants", constraints.GrantTypes);
        Add("Redirect hosts", constraints.RedirectHosts);
        if (constraints.SoftwareId is { } software)
        {
            texts.Add(("Software", software));
        }

        if (constraints.AutomaticApproval)
        {
            texts.Add(("Approval", "automatic"));
        }

        return texts;

        void Add(string name, IReadOnlyList<string>? values)
        {
            if (values is not null)
            {
                texts.Add((name, string.Join(", ", values)));
            }
        }
    }
}
