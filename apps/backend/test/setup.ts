import fc from 'fast-check';
import { afterAll, vi } from 'vitest';

// Files share the modules and the clock of a worker: a test that fails while the time is simulated would take the others
// along. Vitest itself restores spies after each file.
afterAll(() => void vi.useRealTimers());

// The end of `npm test` shows the message of an error, and not its cause.
fc.configureGlobal({ includeErrorInReport: true });
