import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { CommandContext } from '../context.js';
import { showVerificationCodes } from './verification-codes.js';

let folder: string;
let timer: NodeJS.Timeout;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'codes-'));
});
afterEach(() => {
  clearInterval(timer);
  rmSync(folder, { recursive: true });
});

it('EV-12 shows each code in the terminal once, and no other line of the log', async () => {
  const lines: string[] = [];
  const terminal = { line: (line: string) => lines.push(line), paint: (_: string, text: string) => text };
  const log = join(folder, 'worker.log');
  writeFileSync(log, '{"level":30,"msg":"ready"}\nVerification code for a@example.org: 012345\n');
  timer = showVerificationCodes({ terminal } as unknown as CommandContext, log);
  await vi.waitFor(() => expect(lines).toEqual(['Verification code for a@example.org: 012345']), 5_000);
  appendFileSync(log, 'Verification code for b@example.org: 54');
  appendFileSync(log, '3210\n{"msg":"Verification code for c@example.org: 1"}\n');
  await vi.waitFor(() => expect(lines).toHaveLength(2), 5_000);
  writeFileSync(log, 'Verification code for d@example.org: 1\n');
  await vi.waitFor(() => expect(lines.at(-1)).toBe('Verification code for d@example.org: 1'), 5_000);
  expect(lines).toHaveLength(3);
});
