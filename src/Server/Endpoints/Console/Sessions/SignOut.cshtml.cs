using GrpcDcr.Server.Endpoints.Console.Shared;
using GrpcDcr.Server.Endpoints.Security;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;

namespace GrpcDcr.Server.Endpoints.Console.Sessions;

/// <summary>Ends a session. One that began at the OpenID provider may end there too.</summary>
[ForEverybody]
internal sealed class SignOutModel : ConsolePage
{
    public async Task<IActionResult> OnPostAsync()
    {
        await HttpContext.SignOutAsync(Policies.SessionScheme);
        return User.Identity is RoleIdentity
            ? SeeOther(ProviderSignIn.SignedOutPath)
            : SeeOther(ErrorPages.SignInPath, "You are signed out.");
    }
}
