import type { LoggerService } from '@nestjs/common';
import { type DestinationStream, type Logger, pino } from 'pino';
import { LogOutput } from './log-output.js';
import { errorForLog, redactFields, redactText } from './redact.js';

export interface LogOptions {
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
}

/** Shared by the loggers of a process: only one of them may complete a line that was written in part. */
let standardOutput: LogOutput | undefined;

/** Logs JSON lines to standard output; their field `process` names the process. */
export function createLogger({ logLevel }: LogOptions, process: string, to?: DestinationStream): NestLogger {
  const options = {
    level: logLevel,
    base: { process },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: errorForLog },
  };
  // Pino's own destination throws when the disk is full, which ends the process.
  standardOutput ??= new LogOutput(process);
  return new NestLogger(pino(options, to ?? standardOutput));
}

type Level = 'debug' | 'info' | 'warn' | 'error' | 'fatal';

/** Nest logs each module and route at every start. */
const NEST_STARTUP = new Set(['InstanceLoader', 'NestFactory', 'NestApplication', 'RouterExplorer', 'RoutesResolver']);

/** Receives the lines of Nest's `new Logger('Name')`: `logger.log({ msg, …fields })` or `logger.log('text')`. */
export class NestLogger implements LoggerService {
  constructor(readonly pino: Logger) {}

  log(message: unknown, ...rest: unknown[]): void {
    this.write(NEST_STARTUP.has(String(rest.at(-1))) ? 'debug' : 'info', message, rest);
  }
  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }
  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest);
  }
  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest);
  }
  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }
  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }

  private write(level: Level, message: unknown, rest: unknown[]): void {
    if (!this.pino.isLevelEnabled(level)) return;
    // Nest passes the name of the logger last, and for errors a stack before it.
    const context = rest.length > 0 && typeof rest.at(-1) === 'string' ? { context: rest.at(-1) } : {};
    if (message instanceof Error) this.pino[level]({ ...context, err: message }, redactText(message.message));
    else if (typeof message === 'object' && message !== null)
      this.pino[level]({ ...context, ...redactFields(message) });
    else this.pino[level](context, redactText(String(message)));
  }
}

/** Logs Node's warnings (suspected leaks, deprecations) like everything else. */
export function logWarnings(logger: NestLogger): void {
  // Node's own listener would also print each as text to standard error, where readers of JSON lines do not look.
  process.removeAllListeners('warning');
  process.on('warning', (warning: Error & { detail?: string }) => {
    if (warning.name === 'DeprecationWarning' && process.noDeprecation) return;
    const { message, detail } = warning;
    logger.warn({ msg: message, err: warning, ...(detail && { detail }) }, 'Process');
  });
}
