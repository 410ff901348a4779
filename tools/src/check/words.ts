import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryFiles } from './files.js';
import { ALLOWED, FORBIDDEN, FORBIDDEN_NAMES, type Forbidden } from './words.list.js';

export interface Hit {
  file: string;
  /** 0 for the name of the file. */
  line: number;
  found: string;
  use: string;
}

/** Migrations and the functions that they create never change; generated files follow their source. */
const SKIPPED =
  /(^|\/)(migrations|prisma\/functions|generated)\/|(^|\/)(openapi\.json|package-lock\.json|CHANGELOG\.md|check\/words(\.list|\.test)?\.ts)$/;
/** In files with text for people, a phrase may be part of that text: outside of comments only names are checked. */
const WITH_SCREEN_TEXT = /^apps\/frontend\/(src|public)\/|^e2e\/|\/messaging\/templates\//;
const COMMENT = /^\s*(\/\/|\/?\*|\{\/\*|<!--|--|#)/;

const compile = ({ word, use }: Forbidden) => ({ use, pattern: new RegExp(`(?<!\\w)(?:${word})(?!\\w)`, 'g') });
const words = FORBIDDEN.map(compile);
const names = FORBIDDEN_NAMES.map(compile);

/** Forbidden words in the tracked and new text files of the repository. */
export function checkWords(root: string): { files: number; hits: Hit[] } {
  const hits: Hit[] = [];
  let files = 0;
  for (const file of repositoryFiles(root)) {
    const path = join(root, file);
    if (SKIPPED.test(file) || !statSync(path).isFile()) continue;
    const text = readFileSync(path, 'utf8');
    if (text.includes('\0')) continue;
    files++;
    hits.push(...wordsIn(file, text));
  }
  return { files, hits };
}

export function wordsIn(file: string, text: string): Hit[] {
  const hits = hitsIn(file, file).map((hit) => ({ file, line: 0, ...hit }));
  const lines = text.split('\n');
  for (const [i, line] of lines.entries()) {
    const parts = WITH_SCREEN_TEXT.test(file) && !COMMENT.test(line) ? line.split(/\s+/) : [line];
    for (const part of parts) hits.push(...hitsIn(file, part).map((hit) => ({ file, line: i + 1, ...hit })));
  }
  return hits;
}

function hitsIn(file: string, text: string): { found: string; use: string }[] {
  const rest = withoutContracts(file, text);
  const find = (rules: typeof words, where: string) =>
    rules.flatMap(({ pattern, use }) => [...where.matchAll(pattern)].map(([found]) => ({ found, use })));
  return [...find(words, asWords(rest)), ...find(names, rest)];
}

/** `SeatDesk`, `seat-desk`, `seat_desk`, `SEAT_DESK` and "seat desk" all become "seat desk". */
const asWords = (text: string) =>
  text
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .replace(/[-_]+/g, ' ')
    .toLowerCase();

function withoutContracts(file: string, text: string): string {
  let rest = text;
  for (const { name, only } of ALLOWED)
    if (rest.includes(name) && (!only || only.test(file)))
      rest = rest.replace(new RegExp(`(?<![\\w-])${name}(?![\\w-])`, 'g'), '·');
  return rest;
}
