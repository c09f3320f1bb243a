using Google.Protobuf;
using GrpcDcr.Server.Storage;
using GrpcDcr.Server.Storage.Encoding;
using GrpcDcr.Storage.Tests.Samples;

namespace GrpcDcr.Storage.Tests.Encoding;

/// <summary>Clients that a newer version stored, as while two versions run beside each other.</summary>
public sealed class NewerVersionTests
{
    /// <summary>Field 1023 of a message, a text.</summary>
    private static readonly byte[] Unknown = [0xFA, 0x3F, 1, (byte)'x'];

    private static readonly byte[] Known = ClientRecord.Encode(Sample.Client(Sample.IdOf(1), version: 3));

    /// <summary>It would be lost when this version changes the client.</summary>
    [Fact]
    public void A_client_with_a_member_that_is_not_known_is_refused()
    {
        var stored = StoredClient.Parser.ParseFrom(Known);
        stored.Metadata = ByteString.CopyFrom([.. stored.Metadata.Span, .. Unknown]);

        var refusal = Assert.Throws<StorageException>(() => ClientRecord.Decode(stored.ToByteArray()));

        Assert.Equal(StorageFailure.Corrupt, refusal.Failure);
    }

    [Fact]
    public void What_else_is_not_known_is_not_read() =>
        Assert.Equal(Known, ClientRecord.Encode(ClientRecord.Decode([.. Known, .. Unknown])));
}
