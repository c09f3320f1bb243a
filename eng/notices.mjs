#!/usr/bin/env node
// Writes THIRD-PARTY-NOTICES.md from the lock files of src/ and the metadata of the packages they name: `eng/notices.mjs`.
// `eng/notices.mjs --verify` writes nothing and fails if the file is not what it would write. Both need `dotnet restore` first.
// A licence whose text is not in eng/licences stops it: decide whether the package may be used, then add the text.
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const out = `${root}THIRD-PARTY-NOTICES.md`;
const restored = process.env.NUGET_PACKAGES ?? `${homedir()}/.nuget/packages`;
const licences = ['Apache-2.0', 'BSD-3-Clause', 'MIT', 'PostgreSQL', 'Unicode-3.0'];

const files = (folder, pattern) => existsSync(folder) ? readdirSync(folder, { recursive: true }).filter(name => pattern.test(name)) : [];
const textOf = licence => readFileSync(licence === 'Apache-2.0' ? `${root}LICENSE` : `${root}eng/licences/${licence}.txt`, 'utf8').trimEnd();

function metadata(id, version) {
  const folder = `${restored}/${id.toLowerCase()}/${version}`;
  if (!existsSync(folder)) throw new Error(`${folder} is missing: run 'dotnet restore' first`);
  const nuspec = readFileSync(`${folder}/${id.toLowerCase()}.nuspec`, 'utf8');
  const value = name => new RegExp(`<${name}(?: [^>]*)?>([^<]*)</${name}>`).exec(nuspec)?.[1].trim();
  const licence = /<license type="expression"/.test(nuspec) ? value('license') : undefined;
  if (!licences.includes(licence)) throw new Error(`${id} ${version} has the licence '${licence}', which eng/licences does not have`);

  // A copyright line in the licence file of a package is the one to repeat; not every package has such a file.
  const [file] = files(folder, /^LICENSE(\.txt)?$/i);
  const line = file && /^Copyright.*/m.exec(readFileSync(`${folder}/${file}`, 'utf8'))?.[0].trim();
  const owner = line ?? value('copyright') ?? value('authors');
  return {
    id, version, licence,
    url: value('projectUrl') ?? `https://www.nuget.org/packages/${id}`,
    copyright: /copyright|©/i.test(owner) ? owner : `Copyright ${owner}`,
    ships: files(folder, /^(lib|runtimes)\/.*\.(dll|so|dylib)$/).length > 0,
    notices: existsSync(`${folder}/THIRD-PARTY-NOTICES.TXT`), // src/Directory.Build.targets publishes a file of this name
  };
}

const packages = new Map();
for (const project of readdirSync(`${root}src`).sort()) {
  const lock = `${root}src/${project}/packages.lock.json`;
  if (!existsSync(lock)) continue;
  for (const dependencies of Object.values(JSON.parse(readFileSync(lock, 'utf8')).dependencies)) {
    for (const [id, { type, resolved }] of Object.entries(dependencies)) {
      if (type === 'Project') continue;
      const key = `${id} ${resolved}`;
      if (!packages.has(key)) packages.set(key, { ...metadata(id, resolved), projects: new Set() });
      packages.get(key).projects.add(project);
    }
  }
}

const all = [...packages.values()].sort((a, b) => a.id.toLowerCase() < b.id.toLowerCase() ? -1 : a.id === b.id && a.version < b.version ? -1 : 1);
const used = new Set([...all.filter(p => p.ships).map(p => p.licence), 'Unicode-3.0']);
const row = p => `| [${p.id}](${p.url}) | ${p.version} | ${p.licence} | ${p.copyright} | ${[...p.projects].join(', ')} |`;
const head = '| Package | Version | Licence | Copyright | Used by |\n|---|---|---|---|---|';

const document = `# Third-party notices

GrpcDcr is licensed under the [Apache License 2.0](LICENSE). It contains or depends on the works of others that are listed here, each under
its own licence. \`eng/notices.mjs\` writes this file from \`src/*/packages.lock.json\` and the metadata of the packages.

## Data in the server

| Data | Licence | Copyright | In the server |
|---|---|---|---|
| [Public Suffix List](https://publicsuffix.org/list/) | MPL-2.0 | Copyright the maintainers of the Public Suffix List | \`public_suffix_list.dat\`, unchanged but for the lines on top that name its version |
| [Unicode Security Mechanisms](https://www.unicode.org/reports/tr39/), \`confusables.txt\`, and Unicode Character Database | Unicode-3.0 | Copyright © 1991-2025 Unicode, Inc. | \`look_alikes.txt\`, made from both by \`eng/look-alikes.mjs\` |

The Public Suffix List is subject to the terms of the Mozilla Public License, v. 2.0, which is at https://mozilla.org/MPL/2.0/. Its source form is
the file \`public_suffix_list.dat\` in the source of GrpcDcr, and the list at https://publicsuffix.org/list/public_suffix_list.dat.

## Packages

Assemblies of these packages are part of the published server, or are what the packages of GrpcDcr depend on. A published server has, in the
folder \`notices\`, what these bring along about works of others: ${all.filter(p => p.ships && p.notices && p.projects.has('Server')).map(p => p.id).join(', ')}.

${[head, ...all.filter(p => p.ships).map(row)].join('\n')}

A published server that brings the .NET runtime and ASP.NET Core along (self-contained, or in a container image) has them under the MIT licence,
Copyright (c) .NET Foundation and Contributors, with the notices that the runtime has, in the same folder.

## Packages that take part in a build

Nothing of them is in what is published.

${[head, ...all.filter(p => !p.ships).map(row)].join('\n')}

## Licence texts

The copyright line of each work stands in its row above. Apache-2.0 is the text of [LICENSE](LICENSE).
${[...used].filter(licence => licence !== 'Apache-2.0').sort().map(licence => `
### ${licence}

\`\`\`text
${textOf(licence)}
\`\`\`
`).join('')}`;

if (process.argv[2] !== '--verify') writeFileSync(out, document);
else if (!existsSync(out) || readFileSync(out, 'utf8') !== document) {
  console.error('THIRD-PARTY-NOTICES.md does not name what the lock files name: run eng/notices.mjs');
  process.exit(1);
}
