// oidc-provider with dynamic registration and management (RFC 7591, RFC 7592), where every update replaces the registration access token.
// Initial access tokens are required if INITIAL_ACCESS_TOKEN is set. Writes its issuer when it listens.
import { createServer } from "node:http";
import Provider from "oidc-provider";

const server = createServer();
server.listen(0, "127.0.0.1", () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    features: {
      registration: { enabled: true, initialAccessToken: process.env.INITIAL_ACCESS_TOKEN },
      registrationManagement: { enabled: true, rotateRegistrationAccessToken: true },
      devInteractions: { enabled: false },
    },
  });
  server.on("request", provider.callback());
  console.log(`Listening: ${issuer}`);
});
