import { errors, Issuer } from "openid-client-5";
import { report } from "./outcome.mjs";

await report(
  async ({ issuer, metadata, initialAccessToken }) => {
    const { Client } = await Issuer.discover(`${issuer}/.well-known/oauth-authorization-server`);
    const registered = await Client.register(metadata, { initialAccessToken: initialAccessToken ?? undefined });
    const read = await Client.fromUri(registered.registration_client_uri, registered.registration_access_token);
    return { ...registered.metadata, read: read.metadata };
  },
  (error) => {
    if (error instanceof errors.OPError) {
      return { class: error.name, status: error.response.statusCode, error: error.error, description: error.error_description };
    }
  },
);
