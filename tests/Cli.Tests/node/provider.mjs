// oidc-provider with dynamic registration and management (RFC 7591, RFC 7592), where every update replaces the registration access token.
// Initial access tokens are required if INITIAL_ACCESS_TOKEN is set. With RESOURCE, the device flow (RFC 8628) gives the public client
// grpcdcr JWTs for this resource, which expire after ten seconds, and refresh tokens. Writes its issuer when it listens.
import { createServer } from "node:http";
import Provider from "oidc-provider";

const resource = process.env.RESOURCE;
const deviceFlow = resource && {
  clients: [
    {
      client_id: "grpcdcr",
      token_endpoint_auth_method: "none",
      grant_types: ["urn:ietf:params:oauth:grant-type:device_code", "refresh_token"],
      response_types: [],
      redirect_uris: [],
    },
  ],
  extraTokenClaims: () => ({ roles: ["dcr-admin"] }),
  issueRefreshToken: () => true,
};
const resourceIndicators = {
  enabled: true,
  getResourceServerInfo: () => ({ scope: "", audience: resource, accessTokenFormat: "jwt", accessTokenTTL: 10 }),
};

const server = createServer();
server.listen(0, "127.0.0.1", () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    ...deviceFlow,
    features: {
      registration: { enabled: true, initialAccessToken: process.env.INITIAL_ACCESS_TOKEN },
      registrationManagement: { enabled: true, rotateRegistrationAccessToken: true },
      devInteractions: { enabled: Boolean(deviceFlow) },
      ...(deviceFlow && { deviceFlow: { enabled: true }, resourceIndicators }),
    },
  });
  server.on("request", provider.callback());
  console.log(`Listening: ${issuer}`);
});
