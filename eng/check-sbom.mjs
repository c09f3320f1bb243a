#!/usr/bin/env node
// Checks that a bill of materials names each package of the server's lock file, and the runtime, with version and licence:
// `eng/check-sbom.mjs FILE`.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const bom = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const lock = JSON.parse(readFileSync(`${root}src/Server/packages.lock.json`, 'utf8'));
const keyOf = (id, version) => `${id.toLowerCase()} ${version}`;
const components = new Map(bom.components.map(component => [keyOf(component.name, component.version), component]));
const problems = [];

const packages = Object.values(lock.dependencies).flatMap(Object.entries).filter(([, { type }]) => type !== 'Project');
for (const [id, { resolved }] of packages) {
  if (!components.has(keyOf(id, resolved))) problems.push(`${id} ${resolved} is not in it`);
}
for (const framework of ['Microsoft.NETCore.App', 'Microsoft.AspNetCore.App']) {
  if (!bom.components.some(({ name }) => name.startsWith(`${framework}.Runtime.`))) problems.push(`${framework} is not in it`);
}
for (const { name, version, licenses } of bom.components) {
  if (!licenses?.some(({ license, expression }) => license?.id ?? expression)) problems.push(`${name} ${version} has no licence`);
}
if (packages.length === 0) problems.push('the lock file has no packages');

[...new Set(problems)].forEach(problem => console.error(`${process.argv[2]}: ${problem}`));
process.exitCode = problems.length === 0 ? 0 : 1;
