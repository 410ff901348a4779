import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser';
import { CONSTANT_TEXTS, SAME_AS_ENGLISH } from './messages.list.js';

export type Texts = { readonly [key: string]: string | Texts };

export interface Catalogs {
  /** By language. English comes first: it defines arguments and tags. */
  readonly texts: Readonly<Record<string, Texts>>;
  /** The locale of each language, for its plural forms. */
  readonly locales: Readonly<Record<string, string>>;
}

/** With fewer letters a text may be rightly the same in two languages: "Status", "{date}, {time}". */
const LONG_TEXT = 12;

/** Compares the messages of the languages, which the compiler cannot read. Returns the problems. */
export function checkMessages({ texts, locales }: Catalogs): string[] {
  const [[source, english], ...others] = Object.entries(texts) as [[string, Texts], ...[string, Texts][]];
  return [...entriesOf(english)].flatMap(([key, original]) => {
    const expected = readMessage(original);
    const translations = others.map(([language, all]) => [language, new Map(entriesOf(all)).get(key)] as const);
    return [
      ...problemsOf(key, original, locales[source] ?? source).map((problem) => `${source} ${key}: ${problem}`),
      ...translations.flatMap(([language, text]) => {
        if (text === undefined) return [`${language} ${key}: missing`];
        const problems = [
          ...problemsOf(key, text, locales[language] ?? language),
          ...differences(expected, readMessage(text)),
          ...(text === original && lettersOf(text) >= LONG_TEXT && !SAME_AS_ENGLISH.has(`${language} ${key}`)
            ? [`the same as in ${source}; if that is right, list it in messages.list.ts`]
            : []),
        ];
        return problems.map((problem) => `${language} ${key}: ${problem}`);
      }),
    ];
  });
}

/** Key and text of each message, in order. */
export function* entriesOf(texts: Texts, path: readonly string[] = []): Generator<[string, string]> {
  for (const [name, value] of Object.entries(texts))
    if (typeof value === 'string') yield [[...path, name].join('.'), value];
    else yield* entriesOf(value, [...path, name]);
}

/** What is wrong with a text, whatever the other languages say. */
function problemsOf(key: string, text: string, locale: string): string[] {
  const message = readMessage(text);
  if (message === null) return [`not a message: ${text}`];
  if (CONSTANT_TEXTS.test(key) && message.literal !== text)
    return ['has to be plain text, without arguments and quotes'];
  return message.plurals.flatMap(({ argument, type, forms }) => {
    const needed = new Intl.PluralRules(locale, { type }).resolvedOptions().pluralCategories.sort();
    const written = forms.filter((form) => !form.startsWith('='));
    const [missing, extra] = [except(needed, written), except(written, needed)];
    return [
      ...(missing.length > 0 ? [`the plural of {${argument}} has no form ${missing.join(', ')}`] : []),
      ...(extra.length > 0 ? [`the plural of {${argument}} has a form that is never used: ${extra.join(', ')}`] : []),
    ];
  });
}

function differences(expected: Message | null, actual: Message | null): string[] {
  if (expected === null || actual === null) return [];
  const missing = except(expected.parts, actual.parts);
  const extra = except(actual.parts, expected.parts);
  return [
    ...(missing.length > 0 ? [`lacks ${missing.join(', ')}`] : []),
    ...(extra.length > 0 ? [`has ${extra.join(', ')}, which English does not have`] : []),
  ];
}

const lettersOf = (text: string): number => readMessage(text)?.literal.match(/\p{L}/gu)?.length ?? 0;

const except = (all: readonly string[], others: readonly string[]) => all.filter((one) => !others.includes(one));

interface Message {
  /** Arguments as `{name}`, tags as `<name>`, and choices as `{name: option}`. */
  readonly parts: readonly string[];
  readonly plurals: readonly { argument: string; type: 'cardinal' | 'ordinal'; forms: string[] }[];
  /** The text without arguments. */
  readonly literal: string;
}

/** Null when it is not valid in ICU message format. */
function readMessage(text: string): Message | null {
  const parts = new Set<string>();
  const plurals: Message['plurals'][number][] = [];
  let literal = '';
  const read = (elements: readonly MessageFormatElement[]): void => {
    for (const element of elements) {
      if (element.type === TYPE.literal) literal += element.value;
      else if (element.type === TYPE.pound) continue;
      else if (element.type === TYPE.tag) {
        parts.add(`<${element.value}>`);
        read(element.children);
      } else parts.add(`{${element.value}}`);
      if (element.type !== TYPE.select && element.type !== TYPE.plural) continue;
      const options = Object.keys(element.options);
      if (element.type === TYPE.plural)
        plurals.push({ argument: element.value, type: element.pluralType ?? 'cardinal', forms: options });
      else for (const option of options) parts.add(`{${element.value}: ${option}}`);
      for (const { value } of Object.values(element.options)) read(value);
    }
  };
  try {
    read(parse(text));
  } catch {
    return null;
  }
  return { parts: [...parts], plurals, literal };
}
