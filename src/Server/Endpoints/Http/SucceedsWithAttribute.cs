namespace GrpcDcr.Server.Endpoints.Http;

/// <summary>The HTTP status of a method's success.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SucceedsWithAttribute(int status) : Attribute
{
    public int Status { get; } = status;
}
