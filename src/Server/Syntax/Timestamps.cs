namespace GrpcDcr.Server.Syntax;

/// <summary>Times in their stored form: whole milliseconds, UTC.</summary>
internal static class Timestamps
{
    public static DateTimeOffset Now(this TimeProvider time) => Of(time.GetUtcNow());

    public static DateTimeOffset Of(DateTimeOffset moment) => DateTimeOffset.FromUnixTimeMilliseconds(moment.ToUnixTimeMilliseconds());
}
