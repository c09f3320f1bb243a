using Google.Protobuf;

namespace GrpcDcr.Server.Endpoints.Http;

/// <summary>
/// The message of a transcoded call whose document the HTTP profile reads and writes itself, so that transcoding neither parses nor writes
/// it: the profile leaves on the request what it read, and finds there what the service answered.
/// </summary>
/// <param name="fill">Puts what was read into the request message.</param>
internal sealed class DocumentExchange(Action<IMessage> fill)
{
    /// <summary>What the service answered; <see langword="null"/> until it has.</summary>
    public IMessage? Response { get; set; }

    public void Fill(IMessage request) => fill(request);
}
