import { afterAll, vi } from 'vitest';

// Files share the modules and the clock of a worker: a test that fails while the time is simulated would take the others
// along. Vitest itself restores spies after each file.
afterAll(() => void vi.useRealTimers());
