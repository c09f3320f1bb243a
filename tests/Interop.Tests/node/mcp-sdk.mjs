import { discoverAuthorizationServerMetadata, registerClient } from "@modelcontextprotocol/sdk/client/auth.js";
import { OAuthError } from "@modelcontextprotocol/sdk/server/auth/errors.js";
import { report } from "./outcome.mjs";

await report(
  async ({ issuer, metadata }) => {
    const server = await discoverAuthorizationServerMetadata(issuer);
    return registerClient(issuer, { metadata: server, clientMetadata: metadata });
  },
  (error) => {
    if (error instanceof OAuthError) {
      return { class: error.name, error: error.errorCode, description: error.message };
    }
  },
);
