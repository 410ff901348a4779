import type { Processes } from '../launch/processes.mjs';
import type { Terminal } from '../launch/terminal.mjs';

/** What every command works with. */
export interface CommandContext {
  /** The checkout. */
  readonly root: string;
  readonly command: string;
  readonly args: string[];
  readonly terminal: Terminal;
  readonly processes: Processes;
  /** Lets the next command prepare this checkout: everything is installed and built. */
  readonly prepared: () => void;
}
