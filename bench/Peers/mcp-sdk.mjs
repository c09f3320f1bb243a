// The registration handler of the MCP TypeScript SDK over a map: POST /register.
import { clientRegistrationHandler } from "@modelcontextprotocol/sdk/server/auth/handlers/register.js";
import express from "express";

const clients = new Map();
const clientsStore = {
  getClient: (id) => clients.get(id),
  registerClient: (client) => {
    clients.set(client.client_id, client);
    return client;
  },
};

const app = express();
app.use("/register", clientRegistrationHandler({ clientsStore, rateLimit: false }));
app.listen(Number(process.env.PORT), "127.0.0.1");
