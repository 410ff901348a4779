import type { LoggerService } from '@nestjs/common';
import { type DestinationStream, type Logger, pino } from 'pino';
import { errorForLog } from './error.js';
import { SECRET_NAMES, scrub } from './scrub.js';

export interface LogOptions {
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
}

/** JSON lines on standard output; `process` says which of ours wrote them. */
export function createLogger({ logLevel }: LogOptions, process: string, to?: DestinationStream): NestLogger {
  const options = {
    level: logLevel,
    base: { process },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: errorForLog },
  };
  return new NestLogger(to === undefined ? pino(options) : pino(options, to));
}

type Level = 'debug' | 'info' | 'warn' | 'error' | 'fatal';

/** Nest tells of each module and route at every start: news to nobody. */
const WIRING = new Set(['InstanceLoader', 'NestFactory', 'NestApplication', 'RouterExplorer', 'RoutesResolver']);

/** `new Logger('Name')` of Nest ends here: `logger.log({ msg, …fields })` or `logger.log('text')`. */
export class NestLogger implements LoggerService {
  constructor(readonly pino: Logger) {}

  log(message: unknown, ...rest: unknown[]): void {
    this.write(WIRING.has(String(rest.at(-1))) ? 'debug' : 'info', message, rest);
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
    // Nest puts the logger's name last, and for errors a stack before it.
    const context = rest.length > 0 && typeof rest.at(-1) === 'string' ? { context: rest.at(-1) } : {};
    if (message instanceof Error) this.pino[level]({ ...context, err: message }, scrub(message.message));
    else if (typeof message === 'object' && message !== null) this.pino[level]({ ...context, ...redact(message) });
    else this.pino[level](context, scrub(String(message)));
  }
}

function redact(fields: object): Record<string, unknown> {
  const clean: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (SECRET_NAMES.test(name)) clean[name] = '***';
    else if (value instanceof Error) clean[name] = errorForLog(value);
    else if (typeof value === 'string') clean[name] = scrub(value);
    else if (typeof value === 'object' && value !== null && !Array.isArray(value)) clean[name] = redact(value);
    else clean[name] = value;
  }
  return clean;
}
