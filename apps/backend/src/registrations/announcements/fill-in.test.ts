import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readerOf } from '../../messaging/templates/reader.js';
import { fillIn } from './fill-in.js';

const env = { frontendUrl: 'https://compete.example.org', jwtSecret: 'a-secret-for-tests-of-32-characters' };
const competition = {
  id: '01930000-0000-7000-8000-000000000001',
  title: 'Cup',
  startDate: new Date('2027-05-01T10:00:00Z'),
};
const REGISTRATION = '01930000-0000-7000-8000-000000000002';

const fill = (body: string, name = 'Ada', language = 'en') =>
  fillIn(
    { subject: '{{name}}', body },
    competition,
    { name, participation: { registrationId: REGISTRATION, userId: null } },
    readerOf({ language, timeZone: 'Europe/Berlin' }),
    env,
  );

it('BM-03 a name is never markup, a script, a link or a placeholder', () => {
  for (const name of [
    '<img src=x onerror=alert(1)>',
    '**b**',
    '[a](https://evil.example)',
    '{{leaveLink}}',
    '$&',
    'www.evil.example',
  ]) {
    const { html, text, subject } = fill('Hello {{name}}.', name);
    expect(html).not.toMatch(/<(?!\/?p>)/);
    expect(text).toBe(`Hello ${name}.`);
    expect(subject).toBe(name);
  }
});

it('BM-03 whatever the name, an address in which it stands leads to the competition or where the author wrote', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.constant('javascript:alert(1)'), fc.constant('"><script>')), (name) => {
      const { html } = fill('[a]({{name}}) [b](https://example.org/?q={{name}})', name);
      const addresses = [...html.matchAll(/href="([^"]*)"/g)].map(([, address]) => new URL(address as string));
      expect(addresses.map(({ host }) => host)).toEqual(['compete.example.org', 'example.org']);
      expect(html).not.toContain('<script');
    }),
  );
});

it('fills in links: as an address where one was written, and as words elsewhere', () => {
  const { html, text } = fill('[Bye]({{leaveLink}}), {{leaveLink}}, [{{leaveLink}}](map)');
  const links = [...html.matchAll(/<a href="([^"]*)"[^>]*>([^<]*)<\/a>/g)].map(([, address, words]) => [
    address,
    words,
  ]);
  const leave = expect.stringMatching(new RegExp(`^https://compete.example.org/leave\\?token=${REGISTRATION}\\.`));
  expect(links).toEqual([
    [leave, 'Bye'],
    [leave, 'Leave the competition'],
    ['https://compete.example.org/competitions/map', 'Leave the competition'],
  ]);
  expect(text).toMatch(/^\[Bye\]\(https:\S+\), https:/);
});

it('says when the competition starts in the language and the zone of the reader, or that this is open', () => {
  expect(fill('{{start}}', 'Ada', 'de').text).toMatch(/1\. Mai 2027 um 12:00 MESZ/);
  const open = { ...competition, startDate: null };
  const reader = readerOf({ language: 'en', timeZone: null });
  expect(fillIn({ subject: 's', body: '{{start}}' }, open, null, reader, env).text).toBe('not decided yet');
});
