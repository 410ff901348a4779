import fc from 'fast-check';

// biome-ignore lint/suspicious/noExplicitAny: JSON Schema is what it is
type JsonSchema = Record<string, any>;

/** Text that breaks what was not built for it. */
export const nasty: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '\u0000',
    'a\u0000b',
    '\r\nX: y',
    "' OR 1=1 --",
    '%00',
    '%',
    '../..',
    '<script>',
    '𝒜'.repeat(50),
  ),
  fc.constantFrom('null', 'true', '-1', '1e999', '9'.repeat(40), 'x'.repeat(5000), '\ud800', '{"a":', '__proto__', 'İ'),
  fc.string({ unit: 'binary', maxLength: 30 }),
);

/** Any JSON at all. */
export const anything: fc.Arbitrary<unknown> = fc.oneof(fc.jsonValue({ maxDepth: 3 }), nasty);

/** Values that a JSON Schema describes, mostly; formats and patterns only where it is known how. */
export function described(schema: JsonSchema, root: JsonSchema): fc.Arbitrary<unknown> {
  if (typeof schema.$ref === 'string') {
    const target = schema.$ref
      .split('/')
      .slice(1)
      .reduce((at: JsonSchema, step: string) => at[step], root);
    return described(target, root);
  }
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map((one: JsonSchema) => described(one, root)));
  if (schema.allOf) return described(schema.allOf[0], root);
  if (Array.isArray(schema.type))
    return fc.oneof(...schema.type.map((type: string) => described({ ...schema, type }, root)));
  switch (schema.type) {
    case 'object':
      return object(schema, root);
    case 'array':
      return fc.array(described(schema.items ?? {}, root), { maxLength: Math.min(schema.maxItems ?? 4, 4) });
    case 'integer':
    case 'number':
      return fc.integer({ min: schema.minimum ?? -10, max: schema.maximum ?? 1000 });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'string':
      return schema.examples ? fc.constantFrom(...schema.examples) : text(schema);
    default:
      return anything;
  }
}

function object(schema: JsonSchema, root: JsonSchema): fc.Arbitrary<unknown> {
  const fields = Object.entries((schema.properties ?? {}) as Record<string, JsonSchema>);
  return fc.record(Object.fromEntries(fields.map(([name, field]) => [name, described(field, root)])), {
    requiredKeys: (schema.required ?? []) as never[],
  });
}

function text({ format, minLength = 0, maxLength = 40 }: JsonSchema): fc.Arbitrary<string> {
  if (format === 'uuid') return fc.uuid();
  if (format === 'email') return fc.emailAddress();
  if (format === 'date-time')
    return fc
      .date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
      .map((date) => date.toISOString());
  return fc.string({ minLength, maxLength: Math.min(Math.max(minLength, 40), maxLength) });
}

/** A described value, or one that is broken on purpose: a field gone, of another kind, too many, or all of it nonsense. */
export function describedOrBroken(schema: JsonSchema, root: JsonSchema): fc.Arbitrary<unknown> {
  const good = described(schema, root);
  const broken = fc
    .tuple(good, fc.nat(), anything, fc.constantFrom('drop', 'replace', 'add'))
    .map(([value, at, other, how]) => {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return other;
      const entries = Object.entries(value);
      if (how === 'add' || entries.length === 0) return { ...value, unknown: other };
      const name = entries[at % entries.length]?.[0];
      return Object.fromEntries(
        entries.flatMap(([key, field]) => (key !== name ? [[key, field]] : how === 'drop' ? [] : [[key, other]])),
      );
    });
  return fc.oneof({ weight: 5, arbitrary: good }, { weight: 4, arbitrary: broken }, { weight: 1, arbitrary: anything });
}
