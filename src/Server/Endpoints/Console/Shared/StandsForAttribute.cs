namespace GrpcDcr.Server.Endpoints.Console.Shared;

/// <summary>The methods of the admin API that a page stands for. The roles that may call them may use the page, and nobody else.</summary>
/// <param name="methods">As <c>Service/Method</c>; all of them are for the same roles.</param>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class StandsForAttribute(params string[] methods) : Attribute
{
    public IEnumerable<string> Methods => methods.Select(method => "grpcdcr.admin.v1." + method);
}

/// <summary>A page that needs no session.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class ForEverybodyAttribute : Attribute;
