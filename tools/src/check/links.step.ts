import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { repositoryFiles } from './files.js';
import type { CheckStep } from './step.js';

/** `[text](target)`, and `[text](<target>)` for a target with parentheses. */
const LINK = /\]\((?:<([^>]+)>|([^)\s]+))\)/g;

/** Links of a Markdown text to files that do not exist, and to headings that its target does not have. */
export function brokenLinks(root: string, file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  return [...text.matchAll(LINK)]
    .map(([, bracketed, plain]) => bracketed ?? plain ?? '')
    .filter((target) => !/^[a-z]+:/.test(target))
    .filter((target) => {
      const [path, heading] = target.split('#');
      const linked = path ? join(root, dirname(file), path) : join(root, file);
      if (!existsSync(linked)) return true;
      return heading !== undefined && !headingsOf(readFileSync(linked, 'utf8')).includes(heading);
    })
    .map((target) => `${file}: ${target}`);
}

/** The anchors that GitHub gives to the headings of a Markdown text. */
const headingsOf = (text: string): string[] =>
  [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

export const links: CheckStep = {
  title: 'Links in documents',
  async run({ root }) {
    const files = repositoryFiles(root, '*.md');
    const broken = files.flatMap((file) => brokenLinks(root, file));
    return { ok: broken.length === 0, summary: broken.join('\n') || `${files.length} documents` };
  },
};
