// Imported by start.mjs before Next's server. Turns the console output of Next and of the pages into JSON lines in the
// format of the API and the worker. Without dependencies: the standalone build has none.
import { writeSync } from 'node:fs';
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
  writeLine(line);
}

/** A reader of a pipe may be slower than the writer for a short time. */
const MAX_WAIT_MS = 200;
const POLL_MS = 5;

let lost = 0;
let reason;
/** The end of a line of which only the beginning was written. The next line would otherwise continue that line. */
let rest = Buffer.alloc(0);

/**
 * A line that cannot be written is dropped and counted: an error thrown here would fail the page. As soon as writing
 * works again, the number of lost lines is logged. The same as the backend's platform/logging/log-output.ts.
 */
function writeLine(line) {
  if (rest.length > 0) tryWrite(rest);
  if (rest.length === 0 && lost > 0 && tryWrite(bytesOf(lossReport()))) lost = 0;
  if (rest.length > 0 || lost > 0 || !tryWrite(bytesOf(line))) lost++;
}

const bytesOf = (line) => Buffer.from(`${JSON.stringify(line)}\n`);

/** False when nothing could be written. What is missing of a partly written line becomes `rest`. */
function tryWrite(bytes) {
  const deadline = performance.now() + MAX_WAIT_MS;
  let written = 0;
  while (written < bytes.length)
    try {
      written += writeSync(1, bytes.subarray(written));
    } catch (error) {
      reason = error.code;
      // Once lines are lost, it no longer waits: a reader that has stopped would delay every page.
      if (reason !== 'EAGAIN' || lost > 0 || performance.now() > deadline) break;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, POLL_MS);
    }
  if (written > 0) rest = bytes.subarray(written);
  return written > 0;
}

const lossReport = () => ({
  level: 'warn',
  time: new Date().toISOString(),
  process: 'web',
  lost,
  code: reason,
  msg: `${lost} log lines could not be written`,
});

// What Next and libraries write to these streams directly: a closed pipe or a full disk emits an error, which would end
// the process without a listener.
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
