using Google.Protobuf;
using GrpcDcr.V1;

namespace GrpcDcr.Client.Tests;

public sealed class SecretsInTextTests
{
    [Fact]
    public void A_message_prints_its_secret_masked_wherever_it_stands()
    {
        var issued = new ClientInformation { ClientId = "c1", ClientSecret = "hush" };
        object[] printed =
        [
            issued,
            new RegisterClientResponse { ClientInformation = issued },
            new RotateClientSecretResponse { ClientSecret = "hush" },
            new AuthenticateClientRequest { ClientSecret = "hush" },
        ];
        Assert.All(printed, message => Assert.Contains("\"client_secret\": \"***\"", message.ToString()));
        Assert.All(printed, message => Assert.DoesNotContain("hush", message.ToString()));
        Assert.Contains("\"client_id\": \"c1\"", issued.ToString());
    }

    [Fact]
    public void A_client_without_a_secret_prints_none() => Assert.DoesNotContain("client_secret", new ClientInformation().ToString());

    [Fact]
    public void Bytes_and_json_keep_the_secret()
    {
        var issued = new ClientInformation { ClientSecret = "hush" };
        Assert.Equal(issued, ClientInformation.Parser.ParseFrom(issued.ToByteArray()));
        Assert.Contains("hush", JsonFormatter.Default.Format(issued));
    }
}
