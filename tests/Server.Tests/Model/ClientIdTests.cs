using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Tests.Model;

public sealed class ClientIdTests
{
    private const string Text = "019be8f2-8f00-7abc-9def-0123456789ab";

    [Fact]
    public void Is_its_text_and_its_bytes()
    {
        Assert.True(ClientId.TryParse(Text, out var id));
        Assert.Equal(Text, id.ToString());
        Assert.Equal(Text.Replace("-", "", StringComparison.Ordinal), Convert.ToHexStringLower(id.ToBytes()));
        Assert.Equal(id, ClientId.FromBytes(id.ToBytes()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("admin")]
    [InlineData("019BE8F2-8F00-7ABC-9DEF-0123456789AB")]
    [InlineData("019be8f2-8f00-7abC-9def-0123456789ab")]
    [InlineData("{019be8f2-8f00-7abc-9def-0123456789ab}")]
    [InlineData("019be8f28f007abc9def0123456789ab")]
    [InlineData(" 019be8f2-8f00-7abc-9def-0123456789ab")]
    [InlineData("019be8f2-8f00-7abc-9def-0123456789ab\n")]
    [InlineData("019be8f2-8f00-7abc-9def-0123456789a")]
    [InlineData("0x9be8f2-8f00-7abc-9def-0123456789ab")]
    [InlineData("+19be8f2-8f00-7abc-9def-0123456789ab")]
    public void Has_no_other_spelling(string? text) => Assert.False(ClientId.TryParse(text, out _));

    [Fact]
    public void Orders_as_its_bytes_and_its_text_do()
    {
        string[] texts = [
            "00000000-0000-7000-8000-000000000000", Text, "019be8f2-8f00-7abc-9def-0123456789ac", "f19be8f2-8f00-7abc-9def-0123456789ab"];
        var ids = texts.Select(text => ClientId.TryParse(text, out var id) ? id : default).ToList();
        Assert.Equal(ids, ids.AsEnumerable().Reverse().Order());
        Assert.True(ids[0] < ids[1] && ids[2] > ids[1] && ids[1] <= ids[2] && ids[3] >= ids[2]);
        Assert.All(ids.Zip(ids.Skip(1)), pair => Assert.True(pair.First.ToBytes().AsSpan().SequenceCompareTo(pair.Second.ToBytes()) < 0));
    }
}
