import { expect, it } from 'vitest';
import { isFresh } from './session-cookies';

const NOW = Date.parse('2026-12-01T12:00:00Z');
const token = (claims: unknown) => `x.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.y`;

it('renews a token shortly before it ends', () => {
  expect(isFresh(token({ exp: NOW / 1000 + 21 }), NOW)).toBe(true);
  expect(isFresh(token({ exp: NOW / 1000 + 20 }), NOW)).toBe(false);
});

it.each([undefined, '', 'a.b.c', 'nonsense', token({}), token({ exp: 'soon' }), token(null)])(
  'counts %j as ended',
  (present) => {
    expect(isFresh(present, NOW)).toBe(false);
  },
);
