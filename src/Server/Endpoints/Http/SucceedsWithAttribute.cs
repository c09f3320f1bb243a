namespace GrpcDcr.Server.Endpoints.Http;

/// <summary>The HTTP status of a successful call of a method.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SucceedsWithAttribute(int status) : Attribute
{
    public int Status { get; } = status;
}
