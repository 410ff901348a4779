import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.js';
import { get } from '../../../test/support/http-client.js';
import { startFront, type TestFront } from '../../../test/support/processes.js';

const PATH = '/.well-known/security.txt';

describe('OB-06: security.txt', () => {
  let database: TestDatabase;
  let front: TestFront;
  beforeAll(async () => {
    database = await createTestDatabase();
    front = await startFront({
      databaseUrl: database.url,
      securityContact: 'mailto:security@example.org',
      frontendUrl: 'https://compete.example.org',
    });
  });
  afterAll(async () => {
    await front?.close();
    await database?.drop();
  });

  it('tells on the port for browsers where to report vulnerabilities, and expires within a year', async () => {
    const { status, headers, text } = await get(front.frontUrl, PATH);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/plain; charset=utf-8');
    const fields = new Map(
      text
        .trimEnd()
        .split('\n')
        .map((line) => line.split(/: (.*)/) as [string, string]),
    );
    expect([...fields.keys()]).toEqual(['Contact', 'Expires', 'Canonical']);
    expect(fields.get('Contact')).toBe('mailto:security@example.org');
    expect(fields.get('Canonical')).toBe(`https://compete.example.org${PATH}`);
    const days = (Date.parse(fields.get('Expires') ?? '') - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(80);
    expect(days).toBeLessThan(365);
  });
});
