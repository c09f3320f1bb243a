#!/usr/bin/env node
// Does what an administrator does after a flood, in a terminal, on a store of 2,000 mixed clients, and writes down what was seen: into
// docs/walkthrough.md. With a folder it goes through the same questions on the store that is there (bench/Storage fills one with a million
// clients) and prints how long each takes, in the terminal and in the console.
// Usage: eng/walkthrough.mjs [FOLDER]. It needs builds of src/Server and src/Cli (Release), and util-linux for `script`.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const built = name => join(root, "src", name, "bin", "Release", "net10.0");
const folder = process.argv[2];
const work = mkdtempSync(join(tmpdir(), "grpcdcr-walkthrough-"));
const data = folder ?? join(work, "data");

const port = () => new Promise(found => {
  const server = createServer().listen(0, "127.0.0.1", () => {
    const { port } = server.address();
    server.close(() => found(port));
  });
});

const [publicPort, internalPort, adminPort, managementPort] = [await port(), await port(), await port(), await port()];
const publicUrl = `http://127.0.0.1:${publicPort}`;
const adminUrl = `http://127.0.0.1:${adminPort}`;

const service = spawn("dotnet", [
  join(built("Server"), "GrpcDcr.Server.dll"),
  "--Kestrel:Endpoints:Public:Url", publicUrl,
  "--Kestrel:Endpoints:Internal:Url", `http://127.0.0.1:${internalPort}`,
  "--Kestrel:Endpoints:Admin:Url", adminUrl,
  "--Kestrel:Endpoints:Management:Url", `http://127.0.0.1:${managementPort}`,
  "--Storage:LiteDb:Path", data,
], {
  cwd: work,
  stdio: ["ignore", "ignore", "inherit"],
  env: {
    ...process.env,
    ENABLE_DYNAMIC_CLIENT_REGISTRATION: "true",
    DYNAMIC_CLIENT_REGISTRATION_RATE_LIMIT: "1000000",
    RateLimit__Global: "1000000",
    UnapprovedClients__Max: "1000000",
    UnapprovedClients__MaxPerNetwork: "1000000",
    UnapprovedClients__MaxPerRedirectHost: "1000000",
    ForwardedHeaders__TrustedProxies: "127.0.0.1",
    PublicBaseUrl: "https://as.example",
    Metadata__AuthorizationEndpoint: "https://as.example/authorize",
    Metadata__TokenEndpoint: "https://as.example/token",
    Logging__LogLevel__Default: "Warning",
  },
});

const until = async (holds, what) => {
  for (let i = 0; i < 600; i++) {
    if (await holds().catch(() => false)) {
      return;
    }
    await new Promise(go => setTimeout(go, 100));
  }
  throw new Error(`${what} did not come`);
};

const lines = [];
const env = { ...process.env, NO_COLOR: "1", TERM: "xterm", XDG_CONFIG_HOME: join(work, "config") };
const programOf = command => command.replaceAll("grpcdcr ", `dotnet ${join(built("Cli"), "grpcdcr.dll")} `);

// What a terminal shows: of a line that was written over, the last text.
const seen = text => text.replaceAll(/\u001b(\[[0-9;?]*[A-Za-z]|[=>])/g, "").split("\n")
  .map(line => line.replace(/\r+$/, "").split("\r").at(-1).trimEnd()).join("\n").trim();

const run = (command, { input, cut } = {}) => {
  const started = process.hrtime.bigint();
  const typed = input ? `(sleep 4; echo ${input}) | ` : "";
  const result = spawnSync("sh", ["-c", `${typed}script -qefc "$1" /dev/null`, "sh", `stty cols 132; ${programOf(command)}`], {
    cwd: work, env, encoding: "utf8", timeout: 300_000,
  });
  const milliseconds = Number(process.hrtime.bigint() - started) / 1e6;
  let output = seen(result.stdout);
  const all = output.split("\n");
  if (cut && all.length > cut.first + cut.last) {
    const asked = all.filter(line => line.includes("[y/N]"));
    output = [...all.slice(0, cut.first), "...", ...asked, "...", ...all.slice(-cut.last)].join("\n");
  }
  return { output, milliseconds, status: result.status };
};

const say = text => lines.push(text, "");
const show = (command, options) => {
  const { output, status } = run(command, options);
  if (status !== (options?.status ?? 0)) {
    throw new Error(`${command} ended with ${status}:\n${output}`);
  }
  lines.push("```console", `$ ${command}`, ...(output ? output.split("\n") : []), "```", "");
  return output;
};

const register = async (document, network, token) => {
  const answer = await fetch(`${publicUrl}/oauth/register`, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      "X-Forwarded-For": network,
      "X-Forwarded-Proto": "https",
      ...(token ? { Authorization: `Bearer ${token}` } : {}),
    },
    body: JSON.stringify(document),
  });
  if (!answer.ok) {
    throw new Error(`${answer.status} ${await answer.text()}`);
  }
  return answer.json();
};

const many = async (count, one) => {
  for (let i = 0; i < count; i += 20) {
    await Promise.all(Array.from({ length: Math.min(20, count - i) }, (_, k) => one(i + k)));
  }
};

const products = ["Notes", "Calendar", "Invoices", "Travel planner", "Wiki", "Time sheets", "Survey", "Chat", "Mail", "Board"];
const companies = ["Acme", "Birch", "Cobalt", "Delta", "Ember", "Fjord"];

const fill = async () => {
  const admin = readFileSync(join(data, "admin.token"), "utf8").trim();
  const post = async (path, body) => {
    const answer = await fetch(adminUrl + path, {
      method: "POST", headers: { Authorization: `Bearer ${admin}`, "Content-Type": "application/json" }, body: JSON.stringify(body),
    });
    if (!answer.ok) {
      throw new Error(`${answer.status} ${await answer.text()}`);
    }
    return answer.json();
  };
  await many(1260, i => {
    const [company, product] = [companies[i % 6], products[Math.floor(i / 6) % 10]];
    const host = `${product.toLowerCase().replaceAll(" ", "-")}${Math.floor(i / 60)}.${company.toLowerCase()}.example`;
    return register({ client_name: `${company} ${product}`, redirect_uris: [`https://${host}/callback`] }, `198.51.100.${1 + (i % 250)}`);
  });
  await post("/admin/v1/clients:batchApprove", {
    filter: { name_prefix: "Acme" }, expected_count: 210, reason: "known partner",
  });
  const issued = await post("/admin/v1/initial-access-tokens", {
    label: "Billing team", max_uses: 1000, constraints: { owner: "billing@as.example", automatic_approval: true },
  });
  await many(200, i => register(
    { client_name: `Billing job ${i}`, redirect_uris: [`https://jobs.billing.example/${i}`] }, "192.0.2.10", issued.token));
  await many(540, i => register(
    { client_name: `Gift cards ${i}`, redirect_uris: [`https://win${i % 3}.prizes.example/cb`] }, `203.0.113.${1 + (i % 200)}`));
};

const write = () => writeFileSync(
  join(root, "docs", "walkthrough.md"), `${lines.join("\n").replaceAll(adminUrl, "http://127.0.0.1:8082").trimEnd()}\n`);

const tell = async () => {
  say("# After a flood");
  say(`What an administrator does in a terminal on a store of 2,000 clients: 1,260 of partners, 200 that an initial access token admitted, and
540 of somebody who registered all night from one network. Written by \`eng/walkthrough.mjs\`, as the terminal showed it. The
[console](console.md) has a page for each of these steps.`);
  say("## Sign in, and look");
  show(`grpcdcr login --address ${adminUrl} --token-file data/admin.token`);
  show("grpcdcr clients count");
  show("grpcdcr clients list --awaiting-approval --limit 5");
  say("The newest ones look alike. What else came from their network, and what else goes to their host?");
  show("grpcdcr clients list --source-network 203.0.113.0/24 --limit 4");
  show("grpcdcr clients list --redirect-host win0.prizes.example --limit 3");
  say("## Stop it");
  say("First the source, then what it left behind. The rule takes effect within a second on all instances.");
  show("grpcdcr blocks create source_network 203.0.113.0/24 --reason \"flood of gift cards\" --for 7d");
  show("grpcdcr clients reject --source-network 203.0.113.0/24 --state pending --reason \"flood of gift cards\"", {
    input: "y", cut: { first: 5, last: 4 },
  });
  show("grpcdcr clients count");
  say("## Approve a partner");
  const id = run("grpcdcr clients list --name-contains \"birch travel\" --limit 1 --quiet").output;
  show("grpcdcr clients list --name-contains \"birch travel\" --limit 3");
  show(`grpcdcr clients approve ${id} --reason "known partner"`, { input: "y" });
  say("What would become of the next document of this partner?");
  writeFileSync(join(work, "document.json"), JSON.stringify({
    client_name: "Birch Travel planner", redirect_uris: ["https://travel.birch.example/callback", "http://travel.birch.example/cb"],
  }));
  show("grpcdcr preview document.json", { status: 4 });
  say("## Credentials");
  show(`grpcdcr clients rotate-secret ${id} --reason "was in a mail" --secret-file secret --yes --quiet`);
  show("grpcdcr tokens list");
  const token = run("grpcdcr tokens list --quiet").output.split("\n")[0];
  show(`grpcdcr tokens revoke ${token} --reason "the job is done" --yes`);
  say("## What was done");
  show("grpcdcr audit list --actor admin --since 1h --limit 6");
  say("`grpcdcr audit follow` shows events as they happen:");
  const follow = "grpcdcr audit follow --last 2";
  const following = spawn("script", ["-qefc", `stty cols 132; timeout -s INT 8 ${programOf(follow)}`, "/dev/null"], { cwd: work, env });
  let followed = "";
  following.stdout.on("data", text => followed += text);
  await new Promise(go => setTimeout(go, 4000));
  await register({ client_name: "Birch Board", redirect_uris: ["https://board.birch.example/cb"] }, "198.51.100.7");
  await register({ client_name: "Gift cards", redirect_uris: ["https://win9.prizes.example/cb"] }, "203.0.113.9").catch(() => undefined);
  await new Promise(go => following.on("close", go));
  lines.push("```console", `$ ${follow}`, ...seen(followed).split("\n"), "```");
};

const look = async () => {
  const login = run(`grpcdcr login --address ${adminUrl} --token-file ${join(data, "admin.token")}`);
  if (login.status !== 0) {
    throw new Error(login.output);
  }
  console.log("| in the terminal | ms |\n|---|--:|");
  const clock = (command, options) => {
    const times = [1, 2, 3].map(() => run(command, options)).map(result => {
      if (result.status !== 0) {
        throw new Error(`${command}: ${result.output}`);
      }
      return Math.round(result.milliseconds);
    }).sort((a, b) => a - b);
    console.log(`| \`${command}\` | ${times[1]} |`);
  };
  clock("grpcdcr version");
  clock("grpcdcr clients count");
  clock("grpcdcr clients list --awaiting-approval --limit 50");
  clock("grpcdcr clients list --name-contains needle");
  clock("grpcdcr clients list --redirect-host needle.example");
  clock("grpcdcr clients list --redirect-host host7.example --limit 50");
  clock("grpcdcr clients list --source-network 198.51.100.0/24 --limit 50");
  clock("grpcdcr audit list --limit 50");
  const admin = readFileSync(join(data, "admin.token"), "utf8").trim();
  const cookies = new Map();
  const visit = async (path, body) => {
    const answer = await fetch(adminUrl + path, {
      method: body ? "POST" : "GET", redirect: "manual", body: body && new URLSearchParams(body),
      headers: { Cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; ") },
    });
    answer.headers.getSetCookie().forEach(cookie => {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie);
      cookies.set(name, value);
    });
    return { status: answer.status, text: await answer.text() };
  };
  const form = await visit("/console/sign-in");
  const antiforgery = /name="__RequestVerificationToken"[^>]*value="([^"]+)"/.exec(form.text)[1];
  await visit("/console/sign-in", { token: admin, __RequestVerificationToken: antiforgery });
  console.log("\n| in the console | ms |\n|---|--:|");
  for (const path of ["/console", "/console/clients", "/console/clients?filter.name_contains=needle",
    "/console/clients?filter.redirect_host=needle.example", "/console/clients?filter.redirect_host=host7.example", "/console/audit",
    "/console/health"]) {
    const times = [];
    for (let i = 0; i < 5; i++) {
      const started = process.hrtime.bigint();
      const answer = await visit(path);
      if (answer.status !== 200) {
        throw new Error(`${path} answered ${answer.status}`);
      }
      times.push(Number(process.hrtime.bigint() - started) / 1e6);
    }
    console.log(`| \`${path}\` | ${Math.round(times.sort((a, b) => a - b)[2])} |`);
  }
};

try {
  await until(async () => (await fetch(`http://127.0.0.1:${managementPort}/health/ready`)).ok, "the service");
  if (folder) {
    await look();
  } else {
    await fill();
    await tell();
    write();
  }
} finally {
  service.kill();
  rmSync(work, { recursive: true, force: true });
}
