using Google.Protobuf;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage.Encoding;
using GrpcDcr.Storage.Tests.Samples;

namespace GrpcDcr.Storage.Tests.Encoding;

/// <summary>Records are written as the generated messages would write them.</summary>
public sealed class RecordWriterTests
{
    /// <summary>But for an empty text, which is written.</summary>
    [Fact]
    public void A_client_is_written_as_its_message_is()
    {
        var written = ClientRecord.Encode(
            Sample.Client(Sample.IdOf(1), version: 3) with { Annotations = ClientAnnotations.None });

        Assert.Equal(StoredClient.Parser.ParseFrom(written).ToByteArray(), written);
    }

    [Fact]
    public void An_event_is_written_as_its_message_is()
    {
        var written = AuditRecord.Encode(Sample.Event(Sample.IdOf(1), version: 3));

        Assert.Equal(StoredAuditEvent.Parser.ParseFrom(written).ToByteArray(), written);
    }

    /// <summary>Lengths of one octet and of several, in a buffer that grows and in one that does not.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(4_095)]
    [InlineData(100_000)]
    public void Texts_of_any_length_come_back(int length)
    {
        var note = new string('ü', length);
        var constraints = new RegistrationConstraints { Scopes = [note, "", note], Owner = note };
        var token = Sample.NewInitialAccessToken() with { Label = note, Constraints = constraints };

        var read = InitialAccessTokenRecord.Decode(InitialAccessTokenRecord.Encode(token));

        Assert.Equal(note, read.Label);
        Assert.Equal([note, "", note], read.Constraints.Scopes);
        Assert.Equal(note, read.Constraints.Owner);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-1, int.MinValue)]
    [InlineData(long.MinValue, -1)]
    [InlineData(long.MaxValue, int.MaxValue)]
    public void Numbers_are_written_as_those_of_messages(long revision, int state)
    {
        using var record = new RecordWriter();
        record.Number(StoredClient.StateFieldNumber, state);
        record.Number(StoredClient.RevisionFieldNumber, revision);
        record.Number(StoredClient.SuspendedFromFieldNumber, (long?)state);
        record.Number(StoredClient.SecretExpiresAtFieldNumber, number: null);

        Assert.Equal(
            new StoredClient { Revision = revision, State = state, SuspendedFrom = state },
            StoredClient.Parser.ParseFrom(record.ToArray()));
    }
}
