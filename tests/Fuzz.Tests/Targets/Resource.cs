namespace GrpcDcr.Fuzz.Tests.Targets;

/// <summary>The files of <c>Seeds</c>.</summary>
internal static class Resource
{
    public static string Text(string name)
    {
        using var stream = typeof(Resource).Assembly.GetManifestResourceStream(name)
            ?? throw new FileNotFoundException("No such seeds.", name);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
