import { type Attack, contentLength, get, handled, methodNotAllowed, post, rejected } from './attack.js';

/** CL.0 and 0.CL: one server ignores the body, the other one reads it. */
export const IGNORED_BODIES: Attack[] = [
  handled(
    'CL.0: a body for a route that reads none',
    (to) => post(to, [contentLength(to.smuggled)], to.smuggled),
    methodNotAllowed,
  ),
  handled(
    'CL.0: a body for a route that reads none, then another request',
    (to) => [post(to, [contentLength(to.smuggled)], to.smuggled), get(to, [])],
    (to) => [405, to.status],
  ),
  handled(
    'CL.0: a body for an unknown route',
    (to) => post({ ...to, path: '/api/nowhere' }, [contentLength(to.smuggled)], to.smuggled),
    () => [415],
  ),
  handled(
    'CL.0: text for sign-out, which reads no body',
    (to) =>
      post({ ...to, path: '/api/auth/logout' }, ['Content-Type: text/plain', contentLength(to.smuggled)], to.smuggled),
    () => [415],
  ),
  handled(
    'CL.0: JSON for sign-out, which reads no body',
    (to) => {
      const body = JSON.stringify(to.whole);
      return post({ ...to, path: '/api/auth/logout' }, ['Content-Type: application/json', contentLength(body)], body);
    },
    () => [204],
  ),
  handled(
    '0.CL: Expect, with the body sent at once',
    (to) => post(to, ['Expect: 100-continue', contentLength(to.smuggled)], to.smuggled),
    () => [100, 405],
  ),
  handled(
    '0.CL: Expect on GET with a body',
    (to) => get(to, ['Expect: 100-continue', contentLength(to.smuggled)], to.smuggled),
    (to) => [100, to.status],
  ),
  handled(
    '0.CL: Expect with another word before it',
    (to) => get(to, ['Expect: y 100-continue', contentLength(to.smuggled)], to.smuggled),
    (to) => [100, to.status],
  ),
  handled(
    '0.CL: Expect with an unknown value',
    (to) => get(to, ['Expect: 200-ok', contentLength(to.smuggled)], to.smuggled),
    (to) => [to.status],
  ),
  handled(
    '0.CL: Expect twice',
    (to) => get(to, ['Expect: 100-continue', 'Expect: x', contentLength(to.smuggled)], to.smuggled),
    (to) => [100, to.status],
  ),
  rejected('0.CL: Expect on a folded line', (to) =>
    get(to, ['Expect:\r\n 100-continue', contentLength(to.smuggled)], to.smuggled),
  ),
  handled(
    '0.CL: Expect, with the body sent later',
    (to) => [get(to, ['Expect: 100-continue', contentLength(to.smuggled)]), to.smuggled],
    (to) => [100, to.status],
  ),
];
