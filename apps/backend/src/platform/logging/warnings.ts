import type { NestLogger } from './logger.js';

/** Node's warnings (a leak it suspects, what is deprecated) as lines of the log like all others. */
export function logWarnings(logger: NestLogger): void {
  // Node's own listener prints text on standard error, where nobody who reads JSON lines sees it; beside ours it stays.
  process.removeAllListeners('warning');
  process.on('warning', (warning: Error & { detail?: string }) => {
    if (warning.name === 'DeprecationWarning' && process.noDeprecation) return;
    const { message, detail } = warning;
    logger.warn({ msg: message, err: warning, ...(detail && { detail }) }, 'Process');
  });
}
