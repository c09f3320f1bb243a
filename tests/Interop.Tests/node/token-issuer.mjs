// oidc-provider as the issuer of the access tokens of administrators and authorization servers. Its clients are the roles: each has its own
// name as the only value of the claim "roles". Alice signs in at the client that has the same name as the audience, which is the worst
// choice of a name: the audience of her ID tokens is right.
// The first argument is the audience. POST /new-key makes it sign with a new key; the old ones stay published. Writes its issuer when it
// listens.
import { createServer } from "node:http";
import { generateKeyPairSync } from "node:crypto";
import Provider from "oidc-provider";

const audience = process.argv[2];
const roles = ["dcr-admin", "dcr-approver", "dcr-viewer", "dcr-directory", "dcr-secrets", "unknown"];
const rotation = [
  { alg: "ES256", make: () => generateKeyPairSync("ec", { namedCurve: "P-256" }) },
  { alg: "PS256", make: () => generateKeyPairSync("rsa", { modulusLength: 2048 }) },
];
const idTokenKey = { ...jwk(generateKeyPairSync("rsa", { modulusLength: 2048 })), alg: "RS256", use: "sig" };
const keys = [];
let provider;

const server = createServer((request, response) => handle(request, response).catch((error) => {
  response.statusCode = 500;
  response.end(String(error));
}));
server.listen(0, "127.0.0.1", () => {
  renew();
  console.log(`Listening: ${issuer()}`);
});

async function handle(request, response) {
  if (request.url === "/new-key") {
    renew();
    response.end();
  } else if (request.url.startsWith("/callback")) {
    response.end();
  } else if (request.url.startsWith("/interaction/")) {
    await signIn(request, response);
  } else {
    await provider.callback()(request, response);
  }
}

function renew() {
  const { alg, make } = rotation[keys.length % rotation.length];
  keys.unshift({ ...jwk(make()), alg, use: "sig" });
  provider = new Provider(issuer(), {
    clients: [...roles.map(machine), console_()],
    jwks: { keys: [...keys, idTokenKey] },
    claims: { openid: ["sub", "roles"] },
    conformIdTokenClaims: false,
    pkce: { required: () => false },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, roles: ["dcr-admin"] }) }),
    extraTokenClaims: (_, token) => ({ roles: [token.accountId ? "dcr-approver" : token.clientId] }),
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    ttl: { AccessToken: 600, ClientCredentials: 600, IdToken: 600 },
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: false },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: (_, resource) => (
          { scope: "manage", audience: resource, accessTokenFormat: "jwt", jwt: { sign: { alg } } }
        ),
        useGrantedResource: () => true,
      },
    },
  });
}

async function signIn(request, response) {
  const { params } = await provider.interactionDetails(request, response);
  const grant = new provider.Grant({ accountId: "alice", clientId: params.client_id });
  grant.addOIDCScope("openid");
  grant.addResourceScope(params.resource, "manage");
  const result = { login: { accountId: "alice" }, consent: { grantId: await grant.save() } };
  await provider.interactionFinished(request, response, result);
}

function machine(name) {
  return {
    client_id: name, client_secret: "secret-of-the-tests", grant_types: ["client_credentials"], response_types: [], redirect_uris: [],
  };
}

function console_() {
  return {
    client_id: audience, client_secret: "secret-of-the-tests", redirect_uris: [`${issuer()}/callback`], application_type: "native",
    token_endpoint_auth_method: "client_secret_post",
  };
}

function issuer() {
  return `http://127.0.0.1:${server.address().port}`;
}

function jwk({ privateKey }) {
  return privateKey.export({ format: "jwk" });
}
