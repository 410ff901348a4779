// Loaded before Next's server (`node --import ./json-logs.mjs server.js`), with Node alone at hand: what Next and the
// pages print becomes JSON lines of the same shape as the API's and the worker's.
import { format, inspect, stripVTControlCharacters, types } from 'node:util';

const LEVELS = ['debug', 'info', 'warn', 'error', 'fatal'];
const LEVEL_OF = { debug: 'debug', log: 'info', info: 'info', dir: 'info', warn: 'warn', error: 'error' };
const LEAST = LEVELS.indexOf(process.env.LOG_LEVEL || 'info');
const IS_SILENT = process.env.LOG_LEVEL === 'silent';
/** A cause that leads back to its own error would be followed for ever. */
const MAX_CAUSES = 4;

/** The signs and the dash that Next puts before its sentences. */
const DECORATION = /^\s*(?:[○⨯⚠▲✓»]|- (?=\w+:))\s*/u;

/** As in the backend's common/logging/scrub.ts, and fields of objects, which are printed here as well. */
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

function clean(text) {
  let result = stripVTControlCharacters(text);
  for (const [pattern, replacement] of SECRETS) result = result.replace(pattern, replacement);
  return result;
}

/** Pages run in contexts of their own at times: an error of such a context is no `Error` of this one. */
const isError = (value) => value instanceof Error || types.isNativeError(value);

function errorForLog(error, depth = 0) {
  const { name, message, stack, code, digest, cause } = error;
  return {
    name: String(name),
    message: clean(String(message)),
    ...(code !== undefined && { code }),
    ...(digest !== undefined && { digest: clean(String(digest)) }),
    stack: clean(String(stack ?? '')),
    ...(cause !== undefined && depth < MAX_CAUSES && { cause: causeForLog(cause, depth + 1) }),
  };
}

const causeForLog = (cause, depth) => (isError(cause) ? errorForLog(cause, depth) : clean(textOf([cause])));

/** As the console would print it, but for errors: their stack is in `err`. */
function textOf(values) {
  const printed = values.map((value) => (isError(value) ? String(value.message) : value));
  // Only what was given as text may hold placeholders.
  return typeof values[0] === 'string' ? format(...printed) : format('%s', '', ...printed).slice(1);
}

function write(level, values) {
  if (IS_SILENT || LEVELS.indexOf(level) < LEAST) return;
  const error = values.find(isError);
  const msg = clean(textOf(values)).replace(DECORATION, '').trim();
  // Next prints empty lines to set its sentences apart.
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
    // A disk that is full fails at once, not by an event: the page is served all the same.
  }
}

// The reader of the log is gone, or its disk is full: without a listener, that would end the server.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

for (const [method, level] of Object.entries(LEVEL_OF)) console[method] = (...values) => write(level, values);

// Node's own listener prints text on standard error; beside ours it would go on doing so.
process.removeAllListeners('warning');
process.on('warning', (warning) => write('warn', [warning]));

process.on('uncaughtException', (error) => {
  // Next goes on after an uncaught error, and prints it itself: this is for those before it has started.
  if (process.listenerCount('uncaughtException') > 1) return;
  write('fatal', [isError(error) ? error : inspect(error)]);
  process.exit(1);
});
