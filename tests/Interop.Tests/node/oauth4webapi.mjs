import * as oauth from "oauth4webapi";
import { report } from "./outcome.mjs";

await report(
  async ({ issuer, metadata, initialAccessToken }) => {
    const url = new URL(issuer);
    const discovery = await oauth.discoveryRequest(url, { algorithm: "oauth2" });
    const server = await oauth.processDiscoveryResponse(url, discovery);
    const response = await oauth.dynamicClientRegistrationRequest(server, metadata, {
      initialAccessToken: initialAccessToken ?? undefined,
    });
    return oauth.processDynamicClientRegistrationResponse(response);
  },
  (error) => {
    if (error instanceof oauth.ResponseBodyError) {
      return { class: error.name, status: error.status, error: error.error, description: error.error_description };
    }
    if (error instanceof oauth.WWWAuthenticateChallengeError) {
      return { class: error.name, status: error.status, challenges: error.cause };
    }
  },
);
