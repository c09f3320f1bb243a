// oidc-provider with dynamic registration and management (RFC 7591, RFC 7592), where every update replaces the registration access token.
// Initial access tokens are required if INITIAL_ACCESS_TOKEN is set. With RESOURCE, the device flow (RFC 8628) gives the public client
// grpcdcr JWTs for this resource, which expire after ten seconds, and refresh tokens. With CONSOLE, a console at this URL is a confidential
// client, and users sign in with any password; the ROLES of each (a JSON object) are a claim of ID tokens. The issuer is at HOST_NAME.
// Writes its issuer when it listens.
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
const consoleUrl = process.env.CONSOLE;
const roles = JSON.parse(process.env.ROLES ?? "{}");
const signIn = consoleUrl && {
  clients: [
    {
      client_id: "console-of-the-tests",
      client_secret: "client-secret-of-the-tests",
      token_endpoint_auth_method: "client_secret_post",
      redirect_uris: [`${consoleUrl}/signin-oidc`],
      post_logout_redirect_uris: [`${consoleUrl}/sign-in`],
    },
  ],
  claims: { openid: ["sub", "roles"], profile: ["name"] },
  conformIdTokenClaims: false,
  findAccount: (ctx, id) => ({ accountId: id, claims: () => ({ sub: id, name: `${id} of the tests`, roles: roles[id] ?? [] }) }),
};
const resourceIndicators = {
  enabled: true,
  getResourceServerInfo: () => ({ scope: "", audience: resource, accessTokenFormat: "jwt", accessTokenTTL: 10 }),
};

const server = createServer();
server.listen(0, "127.0.0.1", () => {
  const issuer = `http://${process.env.HOST_NAME ?? "127.0.0.1"}:${server.address().port}`;
  const provider = new Provider(issuer, {
    ...deviceFlow,
    ...signIn,
    features: {
      registration: { enabled: true, initialAccessToken: process.env.INITIAL_ACCESS_TOKEN },
      registrationManagement: { enabled: true, rotateRegistrationAccessToken: true },
      devInteractions: { enabled: Boolean(deviceFlow || signIn) },
      ...(deviceFlow && { deviceFlow: { enabled: true }, resourceIndicators }),
    },
  });
  server.on("request", provider.callback());
  console.log(`Listening: ${issuer}`);
});
