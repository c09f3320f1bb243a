import * as client from "openid-client";
import { report } from "./outcome.mjs";

await report(
  async ({ issuer, metadata, initialAccessToken }) => {
    const configuration = await client.dynamicClientRegistration(new URL(issuer), metadata, undefined, {
      algorithm: "oauth2",
      initialAccessToken: initialAccessToken ?? undefined,
    });
    return configuration.clientMetadata();
  },
  (error) => {
    if (error instanceof client.ResponseBodyError) {
      return { class: error.name, status: error.status, error: error.error, description: error.error_description };
    }
  },
);
