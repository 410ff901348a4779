import { beforeEach, describe, expect, it } from 'vitest';
import { LogOutput } from './log-output.js';

/** What was written. */
let text: string;
/** How many bytes can be written before the error; infinite without an error. */
let room: number;
let code: string;
let attempts: number;

const output = () =>
  new LogOutput('test', (bytes) => {
    attempts++;
    if (room === 0) throw Object.assign(new Error(code), { code });
    const written = Math.min(room, bytes.length);
    text += bytes.subarray(0, written);
    room -= written;
    return written;
  });

beforeEach(() => {
  text = '';
  room = Number.POSITIVE_INFINITY;
  code = 'ENOSPC';
  attempts = 0;
});

const report = (lost: number) => ({
  level: 'warn',
  time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
  process: 'test',
  lost,
  code,
  msg: `${lost} log lines could not be written`,
});
const parsed = () =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
const line = (n: number) => `{"n":${n},"seat":"Zoë"}\n`;

describe('the log output', () => {
  it.each(['ENOSPC', 'EPIPE', 'EIO', 'EAGAIN'])(
    'S2: drops and counts lines after %s, and reports the number when writing works again',
    (reason) => {
      code = reason;
      const log = output();
      log.write(line(1));
      room = 0;
      for (const n of [2, 3, 4]) log.write(line(n));
      room = Number.POSITIVE_INFINITY;
      log.write(line(5));
      log.write(line(6));
      expect(parsed()).toEqual([{ n: 1, seat: 'Zoë' }, report(3), { n: 5, seat: 'Zoë' }, { n: 6, seat: 'Zoë' }]);
    },
  );

  it('S2: completes a line or report of which only the beginning was written, whatever room there was', () => {
    for (let first = 0; first < 60; first++)
      for (const second of [1, 7, 30, 200]) {
        text = '';
        const log = output();
        room = first;
        for (const n of [1, 2, 3]) log.write(line(n));
        room = second;
        for (const n of [4, 5]) log.write(line(n));
        room = Number.POSITIVE_INFINITY;
        log.write(line(6));
        const entries = parsed();
        const lost = entries.reduce((sum, entry) => sum + (entry.lost ?? 0), 0);
        const numbers = entries.map(({ n }) => n).filter((n) => n !== undefined);
        expect(numbers).toEqual([...numbers].sort());
        expect(numbers.at(-1)).toBe(6);
        expect(numbers.length + lost).toBe(6);
      }
  });

  it('S2: waits for a slow reader of a full pipe, but only once for one that has stopped', () => {
    code = 'EAGAIN';
    room = 0;
    const log = output();
    log.write(line(1));
    expect(attempts).toBeGreaterThan(5);
    attempts = 0;
    for (let n = 0; n < 100; n++) log.write(line(n));
    expect(attempts).toBe(100);
  });
});
