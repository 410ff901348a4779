import type { CheckStep } from './step.js';
import { checkWords } from './words.js';

/** Fails for a word that words.list.ts forbids. */
export const words: CheckStep = {
  title: 'Forbidden words',
  async run({ root }) {
    const { files, hits } = checkWords(root);
    if (hits.length === 0) return { ok: true, summary: `${files} files` };
    const lines = hits.map(({ file, line, found, use }) => `${file}:${line} ${found}: use ${use}`);
    return { ok: false, summary: lines.join('\n') };
  },
};
