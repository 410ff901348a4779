import fc from 'fast-check';
import type { OpenApiDocument, Schema } from './openapi-document.js';

/** By the names of members, parameters and headers. */
export type Known = Readonly<Record<string, readonly unknown[]>>;

/** Values that match a schema of the document. With known values, those are taken, and other optional members left out. */
export function valid(document: OpenApiDocument, given: Schema, known?: Known): fc.Arbitrary<unknown> {
  const schema = document.resolve(given);
  const arbitraryOf = (other: Schema) => valid(document, other, known);
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (Array.isArray(schema.enum)) return fc.constantFrom(...schema.enum);
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map(arbitraryOf));
  switch (schema.type) {
    case 'string':
      return text(schema);
    case 'integer':
      return fc.integer({
        min: Number(schema.minimum ?? -1000),
        max: Math.min(Number(schema.maximum ?? 1000), 10_000),
      });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return fc.array(arbitraryOf(schema.items ?? {}), { maxLength: Math.min(Number(schema.maxItems ?? 3), 3) });
    case 'object':
      return validRecord(
        document,
        Object.entries(schema.properties ?? {}).map(([name, member]) => ({
          name,
          schema: member,
          required: schema.required?.includes(name) ?? false,
        })),
        known,
      );
    default:
      return fc.jsonValue();
  }
}

interface Member {
  readonly name: string;
  readonly schema: Schema;
  readonly required?: boolean;
}

export function validRecord(
  document: OpenApiDocument,
  members: readonly Member[],
  known?: Known,
): fc.Arbitrary<Record<string, unknown>> {
  const given = known === undefined ? members : members.filter(({ name, required }) => required || name in known);
  const arbitraries = given.map(({ name, schema }) => [name, knownOr(known?.[name], valid(document, schema, known))]);
  const requiredKeys =
    known === undefined ? given.filter(({ required }) => required).map(({ name }) => name) : undefined;
  return fc.record(Object.fromEntries(arbitraries), requiredKeys && { requiredKeys });
}

export const knownOr = (known: readonly unknown[] | undefined, other: fc.Arbitrary<unknown>) =>
  known === undefined ? other : fc.constantFrom(...known);

function text({ format, pattern, minLength = 0, maxLength = 60 }: Schema): fc.Arbitrary<string> {
  if (format === 'uuid') return fc.uuid();
  if (format === 'email') return fc.emailAddress();
  if (format === 'date-time')
    return fc
      .date({ min: new Date('2026-11-01'), max: new Date('2028-01-01'), noInvalidDate: true })
      .map((date) => date.toISOString());
  if (typeof pattern === 'string') return fc.stringMatching(new RegExp(pattern.replace(/\\p\{[LN]\}/g, 'a-z')));
  return fc.string({ minLength: Number(minLength), maxLength: Math.min(Number(maxLength), 60), unit: 'grapheme' });
}

const HOSTILE = [
  ...[
    null,
    true,
    0,
    -1,
    1.5,
    2 ** 31,
    1e300,
    '',
    '10',
    [],
    {},
    [[]],
    'x'.repeat(5_000),
    '\u0000',
    '\ud800',
    'a\r\nBcc: b@c.d',
  ],
  ...[
    "'; DROP TABLE users; --",
    '%00',
    '../../etc/passwd',
    '<script>alert(1)</script>',
    '=HYPERLINK("x")',
    '9'.repeat(40),
  ],
  ...[
    'NaN',
    '2026-02-30T25:61:00Z',
    '+275760-09-13T00:00:00.001Z',
    '00000000-0000-0000-0000-000000000000',
    '\u202e\ufeff',
  ],
];
/** Values that break careless parsers, and arbitrary JSON. */
export const hostile: fc.Arbitrary<unknown> = fc.oneof(fc.constantFrom(...HOSTILE), fc.jsonValue());

/** A valid value with one hostile member, or a hostile value instead of it. */
export function mutated(value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const oneMember = fc.tuple(value, fc.nat(), hostile).map(([whole, place, member]) => {
    if (typeof whole !== 'object' || whole === null) return member;
    const names = [...Object.keys(whole), 'isAdmin'];
    return { ...whole, [names[place % names.length] as string]: member };
  });
  return fc.oneof({ weight: 4, arbitrary: oneMember }, { weight: 1, arbitrary: hostile });
}

/** Bodies that are not valid JSON, have another content type, or are unusually large. */
export const malformedBody = fc.constantFrom(
  { text: '{', type: 'application/json' },
  { text: '', type: 'application/json' },
  { text: '{"a":1}', type: 'text/plain' },
  { text: 'a=1', type: 'application/x-www-form-urlencoded' },
  { text: '{}', type: 'application/json; charset=utf-16' },
  { text: '\ufeff{}', type: 'application/json' },
  { text: '{"__proto__":{"role":"ADMIN"}}', type: 'application/json' },
  { text: `${'['.repeat(20_000)}`, type: 'application/json' },
  { text: `"${'x'.repeat(300_000)}"`, type: 'application/json' },
);
