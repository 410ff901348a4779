// Imported by start.mjs before Next's server. Turns the console output of Next and of the pages into JSON lines in the
// format of the API and the worker. Without dependencies: the standalone build has none.
import { format, inspect, stripVTControlCharacters, types } from 'node:util';

const LEVELS = ['debug', 'info', 'warn', 'error', 'fatal'];
const LEVEL_OF = { debug: 'debug', log: 'info', info: 'info', dir: 'info', warn: 'warn', error: 'error' };
const MIN_LEVEL = LEVELS.indexOf(process.env.LOG_LEVEL || 'info');
const IS_SILENT = process.env.LOG_LEVEL === 'silent';
/** An error may be its own cause, directly or through others. */
const MAX_CAUSES = 4;

/** The symbols and the dash that Next prints before its messages. */
const PREFIX = /^\s*(?:[○⨯⚠▲✓»]|- (?=\w+:))\s*/u;

/** The patterns of the backend's platform/logging/redact.ts, and one for fields of printed objects. */
const SECRETS = [
  [/(\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@]*:)[^\s@/]+@/gi, '$1***@'],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]+/gi, '$1 ***'],
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, '***'],
  [/\$argon2id\$[^\s"']+/g, '***'],
  [/\b(mc_access|mc_refresh|token|password|secret|key)=[^\s;&"']+/gi, '$1=***'],
  [
    /(['"]?\b(?:authorization|cookie|set-cookie|idempotency-key|mc_access|mc_refresh|(?:current)?password|(?:access|refresh)?token|(?:jwt)?secret|key)['"]?: ?)(['"`])(?:\\.|(?!\2).)*\2/gi,
    '$1$2***$2',
  ],
];

function redact(text) {
  let result = stripVTControlCharacters(text);
  for (const [pattern, replacement] of SECRETS) result = result.replace(pattern, replacement);
  return result;
}

/** An error from another VM context, which Next uses for some pages, is not an instance of this context's `Error`. */
const isError = (value) => value instanceof Error || types.isNativeError(value);

function errorForLog(error, depth = 0) {
  const { name, message, stack, code, digest, cause } = error;
  return {
    name: String(name),
    message: redact(String(message)),
    ...(code !== undefined && { code }),
    ...(digest !== undefined && { digest: redact(String(digest)) }),
    stack: redact(String(stack ?? '')),
    ...(cause !== undefined && depth < MAX_CAUSES && { cause: causeForLog(cause, depth + 1) }),
  };
}

const causeForLog = (cause, depth) => (isError(cause) ? errorForLog(cause, depth) : redact(textOf([cause])));

/** As the console prints it, except for errors: only their message, because `err` has the stack. */
function textOf(values) {
  const printed = values.map((value) => (isError(value) ? String(value.message) : value));
  // Only a string as first argument may contain placeholders.
  return typeof values[0] === 'string' ? format(...printed) : format('%s', '', ...printed).slice(1);
}

function write(level, values) {
  if (IS_SILENT || LEVELS.indexOf(level) < MIN_LEVEL) return;
  const error = values.find(isError);
  const msg = redact(textOf(values)).replace(PREFIX, '').trim();
  // Next prints empty lines between its messages.
  if (msg === '' && error === undefined) return;
  const line = {
    level,
    time: new Date().toISOString(),
    process: 'web',
    ...(error !== undefined && { err: errorForLog(error) }),
    msg,
  };
  try {
    process.stdout.write(`${JSON.stringify(line)}\n`);
  } catch {
    // A full disk throws synchronously instead of emitting an event. The page must still be served.
  }
}

// A closed pipe or a full disk emits an error, which would end the process without a listener.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

for (const [method, level] of Object.entries(LEVEL_OF)) console[method] = (...values) => write(level, values);

// Node's own listener would still print the warning as text to stderr.
process.removeAllListeners('warning');
process.on('warning', (warning) => write('warn', [warning]));

process.on('uncaughtException', (error) => {
  // Next has its own listener, which logs the error and continues. This is for errors before it has started.
  if (process.listenerCount('uncaughtException') > 1) return;
  write('fatal', [isError(error) ? error : inspect(error)]);
  process.exit(1);
});
