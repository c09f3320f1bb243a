#!/usr/bin/env node
// Writes the table of look-alikes from confusables.txt of UTS #39 (www.unicode.org/Public/security; also in ICU's source as
// source/data/unidata/confusables.txt): `eng/look-alikes.mjs CONFUSABLES.TXT OUT`. `eng/renew-data look-alikes` calls it.
// Everything else that it knows about characters is Node's, so Node must be of the same Unicode version as the file.
import { readFileSync, writeFileSync } from 'node:fs';

const [, , input, out] = process.argv;
const confusables = readFileSync(input, 'utf8');
const version = /^# Version: (\d+\.\d+)/m.exec(confusables)[1];
const date = /^# Date: (\d{4}-\d{2}-\d{2})/m.exec(confusables)[1];
if (version !== process.versions.unicode) throw new Error(`confusables.txt is Unicode ${version}, Node is ${process.versions.unicode}`);

const text = hex => String.fromCodePoint(...hex.trim().split(' ').map(h => parseInt(h, 16)));
const looksLike = new Map();
const pair = /^\uFEFF?([0-9A-F]+) *;\s*([0-9A-F ]+?)\s*;\s*MA/gm;
for (const [, source, target] of confusables.matchAll(pair)) looksLike.set(text(source), text(target));
const ofUts39 = [...looksLike];

// A letter in another style is that letter (NFKD), whichever other letter UTS #39 holds beside it.
for (const [source, target] of ofUts39) {
  const letter = source.normalize('NFKD');
  if (/^[a-z0-9]$/i.test(letter) && !/^[!-~]+$/.test(target)) looksLike.delete(source), looksLike.set(target, letter);
}

// Not in UTS #39. Small capitals, and letters in black circles, black squares and flags, are letters to a reader, and so are those of
// other scripts that differ a little. A name is compared without case, so what looks like a capital I (l, 1) must look like a small
// one too. And vv looks like w as rn does like m.
const letters = 'abcdefghijklmnopqrstuvwxyz';
[...'ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡxʏᴢ'].forEach((c, i) => looksLike.set(c, letters[i]));
for (const first of [0x1F150, 0x1F170, 0x1F1E6]) [...letters].forEach((c, i) => looksLike.set(String.fromCodePoint(first + i), c));
for (const pair of '©c ®r ℗p ʌa ᗩa ₳a ƅb ßb ᑕc ꞓe ĸk ⱡl ʍm ᴎn ᴙr ωw χx il'.split(' ')) looksLike.set(...pair);
looksLike.set('w', 'vv');

// Marks and what is drawn as nothing fall away; the rest becomes what it looks like, in small letters. Looks go before case: a capital
// I looks like an l, although its small letter does not.
const nothing = /[\p{Mn}\p{Me}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;
const look = s => [...s.normalize('NFD').replace(nothing, '')].map(c => looksLike.get(c) ?? c.normalize('NFKD')).join('');
const step = s => look(look(s)).replace(nothing, '').toLowerCase();
const skeleton = s => {
  for (let i = 0; i < 10; i++) {
    const next = step(s);
    if (next === s) return s;
    s = next;
  }
  throw new Error(`no end of ${s}`);
};

for (const [source, target] of ofUts39)
  if (source === source.normalize('NFD') && skeleton(source) !== skeleton(target)) throw new Error(`${source} and ${target} are apart`);

const sources = new Map();
for (let code = 0; code <= 0x10FFFF; code++) {
  if ((code >= 0xD800 && code <= 0xDFFF) || (code >= 0xAC00 && code <= 0xD7A3)) continue; // surrogates; Hangul is composed by rule
  const c = String.fromCodePoint(code);
  const target = skeleton(c);
  if (target !== c) sources.set(target, [...(sources.get(target) ?? []), code]);
}

const hex = code => code.toString(16).toUpperCase();
const ranges = codes => codes.reduce((all, code) => {
  const last = all.at(-1);
  if (last?.[1] === code - 1) last[1] = code; else all.push([code, code]);
  return all;
}, []).map(([from, to]) => from === to ? hex(from) : `${hex(from)}-${hex(to)}`).join(' ');
const lines = [...sources].sort(([a], [b]) => a < b ? -1 : 1)
  .map(([target, codes]) => `${[...target].map(c => hex(c.codePointAt(0))).join(' ')};${ranges(codes)}`);

const licence = readFileSync(new URL('licences/Unicode-3.0.txt', import.meta.url), 'utf8').trimEnd().split('\n');
const head = [
  `Upstream: confusables.txt of UTS #39 (Unicode Security Mechanisms), Unicode ${version}`,
  `Upstream date: ${date}`,
  'Renewed by: eng/renew-data look-alikes',
  '',
  'What characters look like: the code points of the target, a semicolon, the code points and ranges that look like it. Before the first',
  'semicolon nothing: characters that fall away. Characters that look like themselves are not listed. This is a modified form of the file above.',
  '', ...licence, '', 'SPDX-License-Identifier: Unicode-3.0',
].map(line => `# ${line}`.trimEnd());
writeFileSync(out, [...head, ...lines, ''].join('\n'));
