#!/usr/bin/env node
// Checks what a NuGet package must have before it is published: `eng/check-packages.mjs FOLDER` for all packages in a folder.
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.argv[2];
const problems = [];
const list = archive => execFileSync('unzip', ['-Z1', archive], { encoding: 'utf8' }).trim().split('\n');
const read = (archive, name) => execFileSync('unzip', ['-p', archive, name], { maxBuffer: 1 << 26 });
const packages = readdirSync(folder).filter(name => name.endsWith('.nupkg'));

for (const name of packages) {
  const file = join(folder, name);
  const problem = text => problems.push(`${name}: ${text}`);
  const files = list(file);
  const nuspec = read(file, files.find(entry => entry.endsWith('.nuspec'))).toString();
  const value = element => new RegExp(`<${element}(?: [^>]*)?>([^<]+)</${element}>`).exec(nuspec)?.[1];

  for (const element of ['id', 'version', 'authors', 'description', 'copyright', 'tags', 'projectUrl', 'icon', 'readme', 'releaseNotes']) {
    if (!value(element)) problem(`no ${element}`);
  }
  if (!/<license type="expression">Apache-2.0</.test(nuspec)) problem('no licence expression');
  if (!/<repository type="git" url="https:[^"]+"[^>]* commit="[0-9a-f]{40}"/.test(nuspec)) problem('no repository with its commit');
  if (!value('releaseNotes')?.includes(`/v${value('version')}/`)) problem('release notes of another version');
  for (const needed of [value('icon'), value('readme'), 'LICENSE', 'THIRD-PARTY-NOTICES.md']) {
    if (!files.includes(needed)) problem(`no file ${needed}`);
  }
  if (files.includes(value('icon'))) {
    const png = read(file, value('icon'));
    if (png.readUInt32BE(16) !== 128 || png.readUInt32BE(20) !== 128) problem('the icon is not 128x128');
  }

  for (const [, id, version] of nuspec.matchAll(/<dependency id="(GrpcDcr\.[^"]+)" version="([^"]+)"/g)) {
    if (version !== value('version')) problem(`depends on ${version} of ${id}`);
  }

  // A library has its assemblies in lib. A tool has those of its dependencies beside its own.
  const tool = nuspec.includes('<packageType name="DotnetTool"');
  const assemblies = files.filter(entry => (tool ? /^tools\/.*\/grpcdcr\.dll$/ : /^lib\/.*\.dll$/).test(entry));
  const symbols = list(file.replace(/\.nupkg$/, '.snupkg'));
  if (assemblies.length === 0) problem('no assembly');
  for (const assembly of assemblies) {
    if (!tool && !files.includes(assembly.replace(/dll$/, 'xml'))) problem(`no documentation of ${assembly}`);
    if (!symbols.includes(assembly.replace(/dll$/, 'pdb'))) problem(`no symbols of ${assembly}`);
  }
  console.log(`${value('id')} ${value('version')}: ${assemblies.join(', ')}`);
}

if (packages.length === 0) problems.push(`${folder} has no packages`);
problems.forEach(problem => console.error(problem));
process.exitCode = problems.length === 0 ? 0 : 1;
