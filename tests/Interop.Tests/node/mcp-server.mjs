// A server for MCP that lets nobody in: it answers 401 and names its authorization server (RFC 9728). The first argument is the issuer.
// Prints where it listens.
import { createServer } from "node:http";

const issuer = process.argv[2];
const metadataPath = "/.well-known/oauth-protected-resource";

const server = createServer((request, response) => {
  const origin = `http://127.0.0.1:${server.address().port}`;
  if (request.url.startsWith(metadataPath)) {
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ resource: `${origin}/mcp`, authorization_servers: [issuer] }));
    return;
  }

  const status = request.url === "/mcp" ? 401 : 404;
  response.writeHead(status, { "www-authenticate": `Bearer resource_metadata="${origin}${metadataPath}/mcp"` });
  response.end();
});

server.listen(0, "127.0.0.1", () => console.log(`Listening: http://127.0.0.1:${server.address().port}/mcp`));
