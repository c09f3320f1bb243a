// Dynamic registration of oidc-provider with the store that it brings, which is in memory: POST /reg.
import Provider from "oidc-provider";

const port = Number(process.env.PORT);
const provider = new Provider(`http://127.0.0.1:${port}`, {
  scopes: ["openid", "profile", "email", "offline_access"],
  features: { registration: { enabled: true }, devInteractions: { enabled: false } },
});
provider.listen(port, "127.0.0.1");
