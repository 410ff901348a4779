import { CATALOGS } from '@mini-compete/messages/catalog';
import { translatorFor } from '@mini-compete/messages/translator';
import { ERROR_CODES, ERRORS, type ErrorCode, PROBLEM_TYPE, type Problem } from '@mini-compete/shared/errors';
import { LANGUAGES, type Language } from '@mini-compete/shared/languages';
import type { FieldProblem, ProblemDetail, Refusal } from '../errors/domain-error.js';

interface Constants {
  readonly title: string;
  /** The JSON of the members that are the same each time, without the closing brace. */
  readonly json: string;
}

/** Prepared, because on a sold-out competition nearly all responses are refusals. Titles have no arguments. */
const CONSTANTS = Object.fromEntries(
  LANGUAGES.map((language) => [
    language,
    Object.fromEntries(ERROR_CODES.map((code) => [code, constantsOf(code, language)])),
  ]),
) as Readonly<Record<Language, Readonly<Record<ErrorCode, Constants>>>>;

function constantsOf(code: ErrorCode, language: Language): Constants {
  const type = `urn:mini-compete:error:${code.toLowerCase().replaceAll('_', '-')}`;
  const title = CATALOGS[language].problems.title[code];
  return { title, json: JSON.stringify({ type, title, status: ERRORS[code], code }).slice(0, -1) };
}

/** The problem document (RFC 9457) of an error, as JSON. `detail` defaults to the title. */
export function problemJson({ code, options }: Refusal, requestId: string, language: Language): string {
  const { detail, operatorDetail, errors, extra } = options;
  const { title, json } = CONSTANTS[language][code];
  const members: Omit<Problem, 'type' | 'title' | 'status' | 'code'> = {
    detail: operatorDetail ?? (detail === undefined ? title : detailText(detail, language)),
    requestId,
    ...(errors && { errors: errors.map((error) => ({ path: error.path, message: fieldText(error, language) })) }),
    ...extra,
  };
  return `${json},${JSON.stringify(members).slice(1)}`;
}

type Translate = (key: string, values?: Readonly<Record<string, string | number>>) => string;

function detailText({ key, ...values }: ProblemDetail, language: Language): string {
  const translate = translatorFor(language, 'problems') as unknown as Translate;
  return translate(`detail.${key}`, values);
}

function fieldText({ key, values }: FieldProblem, language: Language): string {
  const translate = translatorFor(language, 'validation') as unknown as Translate;
  return translate(key, values);
}

/** `Retry-After` of a 503 whose error does not set it. */
const DEFAULT_RETRY_SECONDS = 1;

export function problemHeaders({ code, options }: Refusal, language: Language): Record<string, string> {
  const status = ERRORS[code];
  const headers: Record<string, string> = {
    'content-type': PROBLEM_TYPE,
    'content-language': language,
    'cache-control': 'no-store',
  };
  const retry = options.retryAfterSeconds ?? (status === 503 ? DEFAULT_RETRY_SECONDS : undefined);
  if (retry !== undefined) headers['retry-after'] = String(Math.max(1, Math.ceil(retry)));
  if (status === 401) headers['www-authenticate'] = 'Bearer realm="mini-compete"';
  return headers;
}
