using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Tests.Model;

public sealed class SecretHashTests
{
    [Fact]
    public void Matches_its_secret_and_no_other()
    {
        var hash = SecretHash.Of("secret-1");
        Assert.True(hash.Matches("secret-1"));
        Assert.False(hash.Matches("secret-2"));
        Assert.False(hash.Matches("Secret-1"));
        Assert.False(hash.Matches("secret-1 "));
        Assert.False(hash.Matches(""));
    }

    [Fact]
    public void Is_the_sha256_of_the_secret()
    {
        const string OfAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        Assert.Equal(OfAbc, Convert.ToHexStringLower(SecretHash.Of("abc").Bytes.Span));
        Assert.True(SecretHash.FromBytes(Convert.FromHexString(OfAbc)).Matches("abc"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\0")]
    [InlineData("anything")]
    public void Nothing_matches_the_unmatchable(string secret) => Assert.False(SecretHash.Unmatchable.Matches(secret));

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public void Is_made_of_32_bytes_only(int length) => Assert.Throws<ArgumentException>(() => SecretHash.FromBytes(new byte[length]));

    [Fact]
    public void Prints_nothing() => Assert.Equal("***", $"{SecretHash.Of("secret-1")}");

    [Fact]
    public void Keeps_a_copy_of_its_bytes()
    {
        var bytes = Convert.FromHexString("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        var hash = SecretHash.FromBytes(bytes);
        bytes[0] = 0;
        Assert.True(hash.Matches("abc"));
    }
}
