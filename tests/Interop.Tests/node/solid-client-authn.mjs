import { once } from "node:events";
import { createServer } from "node:http";
import { InMemoryStorage, Session } from "@inrupt/solid-client-authn-node";
import { report } from "./outcome.mjs";

await report(
  async ({ issuer, metadata }) => {
    const provider = await openIdProvider(issuer);
    const storage = new InMemoryStorage();
    const session = new Session({ storage, keepAlive: false });
    let redirect;
    try {
      await session.login({
        oidcIssuer: `http://localhost:${provider.address().port}`,
        redirectUrl: metadata.redirect_uris[0],
        clientName: metadata.client_name,
        handleRedirect: (url) => (redirect = url),
      });
    } finally {
      provider.close();
      provider.closeAllConnections();
    }
    return { stored: JSON.parse(await storage.get(`solidClientAuthenticationUser:${session.info.sessionId}`)), redirect };
  },
  () => undefined,
);

// The library reads the document of OpenID Connect Discovery, which the authorization server beside the service has.
async function openIdProvider(issuer) {
  const answer = await fetch(`${issuer}/.well-known/oauth-authorization-server`);
  const document = await answer.json();
  const server = createServer((request, response) => {
    response.writeHead(request.url === "/.well-known/openid-configuration" ? 200 : 404, { "content-type": "application/json" });
    response.end(JSON.stringify({ ...document, issuer: `http://localhost:${server.address().port}` }));
  });
  await once(server.listen(0, "localhost"), "listening");
  return server;
}
