import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CommandContext } from '../context.js';
import { cases } from './cases.step.js';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'mini-compete-cases-'));
  spawnSync('git', ['init', '--quiet'], { cwd: root });
  for (const folder of ['docs', 'apps', 'e2e']) mkdirSync(join(root, folder));
});
afterEach(() => rmSync(root, { recursive: true }));

/** Built at run time: written in full, the ids would count as used by this file. */
const id = (n: number) => `ZZ-${10 + n}`;
const defect = (n: number) => `S${n}`;

function check(listed: string[], titles: string[], spec = '') {
  writeFileSync(
    join(root, 'docs/testing.md'),
    `| id | case |\n${listed.map((name) => `| ${name} | x |`).join('\n')}\n`,
  );
  writeFileSync(join(root, 'apps/a.test.ts'), titles.map((title) => `it('${title}', () => {});\n`).join(''));
  writeFileSync(join(root, 'e2e/b.spec.ts'), `test(\`${spec}\`);\n`);
  return cases.run({ root } as CommandContext);
}

describe('the check of test cases', () => {
  it('passes when the document lists exactly the cases that tests use', async () => {
    const titles = [`${id(1)}, ${id(2)}: two cases`, `sabotage of ${id(1)}`, `${defect(5)} I10 ${defect(9)} defects`];
    const spec = `${defect(24)} in the browser`;
    expect(await check([id(1), id(2), defect(5), defect(9), defect(24)], titles, spec)).toEqual({
      ok: true,
      summary: '5 cases',
    });
  });

  it('fails when a test uses a case that the document does not list', async () => {
    expect(await check([id(1)], [`${id(1)} a case`, `${id(2)} another`, `${defect(5)} a defect`])).toEqual({
      ok: false,
      summary: [id(2), defect(5)].map((name) => `docs/testing.md: ${name} is used by a test but not listed`).join('\n'),
    });
  });

  it('fails when the document lists a case that no test uses', async () => {
    expect(await check([id(1), id(2), defect(5)], [`${id(1)} a case`])).toEqual({
      ok: false,
      summary: [id(2), defect(5)]
        .map((name) => `docs/testing.md: ${name} is listed but not used by any test`)
        .join('\n'),
    });
  });

  it('fails when the document lists a case twice', async () => {
    const listed = [id(1), id(2), id(1), defect(5), defect(5)];
    expect(await check(listed, [`${id(1)}, ${id(2)} two cases`, `${defect(5)} a defect`])).toEqual({
      ok: false,
      summary: [id(1), defect(5)].map((name) => `docs/testing.md: ${name} is listed twice`).join('\n'),
    });
  });

  it('does not take other names with digits for cases', async () => {
    const titles = ['reads UTF-16', 'stores files on S3 as well', 'SHA-256 of I10'];
    expect(await check([id(1)], [`${id(1)} a case`, ...titles])).toMatchObject({ ok: true });
  });
});
