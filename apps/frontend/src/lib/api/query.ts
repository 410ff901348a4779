type Values = Record<string, string | number | boolean | readonly string[] | null | undefined>;

/** `{search: 'chess', tags: ['a', 'b'], cursor: undefined}` → `?search=chess&tags=a%2Cb`; empty values are omitted. */
export function query(values: Values): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    const text = Array.isArray(value) ? value.join(',') : String(value ?? '');
    if (text !== '') parameters.set(name, text);
  }
  const text = parameters.toString();
  return text === '' ? '' : `?${text}`;
}
