#!/usr/bin/env node
// Writes the CycloneDX software bill of materials of the service: `eng/sbom.mjs PUBLISHED-FOLDER FILE`, after `dotnet tool restore` and
// packaging/publish. Needs no network. The tool reads what was restored; added here are the runtime that the Debian package and the image
// bring along, and the data in the server. Packages that only take part in the build have the scope `excluded`. The libraries of Debian in the
// image are named by the image itself, in /var/lib/dpkg/status.d.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const [published, output] = process.argv.slice(2);
if (!output) {
  console.error('Usage: eng/sbom.mjs PUBLISHED-FOLDER FILE');
  process.exit(64);
}

const run = (program, ...args) => execFileSync(program, args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }).trim();
const version = run(join(published, 'GrpcDcr.Server'), 'version').replace(/^GrpcDcr ([^+]*).*/s, '$1');

const folder = mkdtempSync(join(tmpdir(), 'grpcdcr-sbom-'));
try {
  run('dotnet', 'dotnet-CycloneDX', 'src/Server/GrpcDcr.Server.csproj', '--disable-package-restore', '--no-serial-number', '--spec-version', '1.6',
    '--set-name', 'grpcdcr', '--set-version', version, '--output', folder, '--filename', 'bom.json', '--output-format', 'Json');
  const bom = JSON.parse(readFileSync(join(folder, 'bom.json'), 'utf8'));
  bom.metadata.timestamp = new Date(Number(process.env.SOURCE_DATE_EPOCH ?? run('git', 'log', '-1', '--format=%ct')) * 1000).toISOString();
  bom.metadata.component.licenses = [{ license: { id: 'Apache-2.0' } }];
  bom.components.push(...runtime(), ...data());
  writeFileSync(output, `${JSON.stringify(bom, null, 2)}\n`);
  console.log(`${output}: ${bom.components.length} components of grpcdcr ${version}`);
} finally {
  rmSync(folder, { recursive: true });
}

/** The frameworks that are published with the service, as packages: each has the notices of what is in it. */
function runtime() {
  const { includedFrameworks } = JSON.parse(readFileSync(join(published, 'GrpcDcr.Server.runtimeconfig.json'), 'utf8')).runtimeOptions;
  return includedFrameworks.map(framework => {
    const name = `${framework.name}.Runtime.linux-x64`;
    const purl = `pkg:nuget/${name}@${framework.version}`;
    return {
      type: 'framework', 'bom-ref': purl, name, version: framework.version, scope: 'required', licenses: [{ license: { id: 'MIT' } }],
      copyright: 'Copyright (c) .NET Foundation and Contributors', purl,
    };
  });
}

function data() {
  const head = (file, pattern) => pattern.exec(readFileSync(join(root, 'src/Server/Policy', file), 'utf8').slice(0, 2000))?.[1];
  return [
    ['public_suffix_list.dat', head('Hosts/Data/public_suffix_list.dat', /^\/\/ Upstream: Public Suffix List (\S+)/), 'MPL-2.0', 'https://publicsuffix.org/list/'],
    ['look_alikes.txt', head('Names/Data/look_alikes.txt', /^# Upstream: .*, Unicode (\S+)/), 'Unicode-3.0', 'https://www.unicode.org/reports/tr39/'],
  ].map(([name, of, id, url]) => {
    if (!of) throw new Error(`${name} does not say its version`);
    return {
      type: 'data', 'bom-ref': `data/${name}@${of}`, name, version: of, licenses: [{ license: { id } }],
      externalReferences: [{ type: 'website', url }],
    };
  });
}
