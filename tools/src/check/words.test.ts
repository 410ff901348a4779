import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { checkWords, wordsIn } from './words.js';
import { ALLOWED, FORBIDDEN, FORBIDDEN_NAMES } from './words.list.js';

const found = (text: string, file = 'apps/backend/src/a.ts') => wordsIn(file, text).map((hit) => hit.found);

describe('the words check', () => {
  it.each(['SeatDesk', 'seatDesk', 'seat-desk', 'seat_desk', 'SEAT_DESK', 'SEATDesk', 'a seat desk', 'the Desk'])(
    'finds a forbidden word in %s',
    (text) => expect(found(text)).toEqual(['desk']),
  );

  it.each([
    ['new LineJobs()', 'line jobs'],
    ['first in line', 'in line'],
    ['handOver(jobs)', 'hand over'],
    ['const lettersOf = letterOf(message)', 'letter of'],
    ['MOST_WATCHERS', 'watchers'],
    ['const MOST_ROWS = 5;', 'MOST_ROWS'],
    ['TOLD_AT_ONCE', 'told at once'],
    ['-- Without a moment of being away', 'without a moment of being away'],
    ["import { wake } from './letters.js'", 'letters'],
  ])('finds in %j the entry that forbids it', (text, entry) => expect(found(text)).toContain(entry));

  it('leaves ordinary English alone', () => {
    const english = [
      'in line 5 of the file, in line with the rest; the rest of the array',
      'react, activate, an actor, act, acting',
      'hearsay, dear, early, desktop, dead-letters.js, planet, brush, burst, facts, stage, gate, world, letters of the alphabet',
      'dead letters, a ticket, a judge, the outcome, one place, a line of text',
    ];
    expect(found(english.join('\n'))).toEqual([]);
  });

  it('finds a forbidden file name', () => {
    expect(wordsIn('apps/backend/src/seat-desk.ts', '')).toEqual([
      expect.objectContaining({ file: 'apps/backend/src/seat-desk.ts', line: 0, found: 'desk' }),
    ]);
  });

  it('names the line and the word to use instead', () => {
    expect(wordsIn('docs/a.md', 'one\ntwo\nthe house\n')).toEqual([
      { file: 'docs/a.md', line: 3, found: 'house', use: 'environment; codebase' },
    ]);
  });

  it('accepts contract names, and only in full and where they belong', () => {
    const repository = 'apps/backend/src/registrations/admission/admission-batch.ts';
    expect(found("'line-closed', queue_rests, p_patient, pg_dump")).toEqual([]);
    expect(found('SELECT verdict', repository)).toEqual([]);
    expect(found('SELECT verdict', 'apps/backend/src/registrations/a.ts')).toEqual(['verdict']);
    expect(found('type Verdict, verdictOf', repository)).toEqual(['verdict', 'verdict']);
    expect(found('queue_rests_of')).toEqual(['queue rests']);
  });

  it('reads phrases of the web app in comments only, and names everywhere', () => {
    const page = 'apps/frontend/src/app/page.tsx';
    expect(found('<p>You are first in line</p>', page)).toEqual([]);
    expect(found('// who is first in line', page)).toEqual(['in line']);
    expect(found('const { inLine } = seats;', page)).toEqual(['in line']);
    expect(found('send(letterOf(message))', page)).toEqual(['letter of']);
  });

  it('has no entry twice, and a reason for each contract name', () => {
    const entries = [...FORBIDDEN, ...FORBIDDEN_NAMES].map(({ word }) => word);
    expect(new Set(entries).size).toBe(entries.length);
    for (const { name, reason } of ALLOWED) expect(reason, name).not.toBe('');
  });
});

describe('the files of the words check', () => {
  const root = mkdtempSync(join(tmpdir(), 'mini-compete-words-'));
  afterAll(() => rmSync(root, { recursive: true }));

  it('are the tracked and the new ones, without migrations and binary files', () => {
    const git = (...args: string[]) => spawnSync('git', args, { cwd: root });
    mkdirSync(join(root, 'prisma/migrations/1_init'), { recursive: true });
    const write = (name: string, text: string) => writeFileSync(join(root, name), text);
    write('.gitignore', 'ignored.ts\n');
    for (const name of ['tracked.ts', 'new.ts', 'ignored.ts', 'deleted.ts']) write(name, 'SeatDesk\n');
    write('prisma/migrations/1_init/migration.sql', 'SeatDesk\n');
    write('image.png', 'SeatDesk\0');
    git('init', '--quiet');
    git('add', 'tracked.ts', 'deleted.ts', 'prisma');
    rmSync(join(root, 'deleted.ts'));
    const { files, hits } = checkWords(root);
    expect(hits.map(({ file }) => file).sort()).toEqual(['new.ts', 'tracked.ts']);
    expect(files).toBe(3);
  });
});
