import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { brokenLinks } from './links.step.js';

it('finds links to missing files and headings, and accepts the others', () => {
  const root = mkdtempSync(join(tmpdir(), 'mini-compete-links-'));
  try {
    writeFileSync(join(root, 'other.md'), '# Other\n\n## Time-outs and backpressure\n');
    writeFileSync(
      join(root, 'page.md'),
      '# Page\n\n[a](other.md) [b](other.md#time-outs-and-backpressure) [c](#page) [d](https://example.org/x)\n' +
        '[e](gone.md) [f](other.md#gone) [g](#gone)\n',
    );
    expect(brokenLinks(root, 'page.md')).toEqual(['page.md: gone.md', 'page.md: other.md#gone', 'page.md: #gone']);
  } finally {
    rmSync(root, { recursive: true });
  }
});
