namespace GrpcDcr.Server.Storage.LiteDb.Files;

/// <summary>Opens and creates the files of a store: in a folder, or in a test that loses power and runs out of disk space.</summary>
internal interface IStoreFiles
{
    /// <summary>The file of that name, <see langword="null"/> when there is none.</summary>
    IStoreFile? Open(string name);

    /// <summary>
    /// Makes the file, <paramref name="content"/> followed by zeros up to <paramref name="length"/>. It appears whole and durable,
    /// or not at all.
    /// </summary>
    IStoreFile Create(string name, ReadOnlySpan<byte> content, long length);
}

/// <summary>One file. Throws <see cref="IOException"/> and nothing else.</summary>
internal interface IStoreFile : IDisposable
{
    long Length { get; }

    /// <summary>Reads from <paramref name="offset"/> on until <paramref name="buffer"/> is full or the file ends; says how much.</summary>
    int Read(Span<byte> buffer, long offset);

    /// <summary>Writes all of <paramref name="bytes"/>, growing the file as needed. Durable only after <see cref="Sync"/>.</summary>
    void Write(ReadOnlySpan<byte> bytes, long offset);

    /// <summary>Returns once everything written before survives a power loss.</summary>
    void Sync();
}
