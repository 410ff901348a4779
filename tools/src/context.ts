import type { Processes } from '../launch/processes.mjs';
import type { Terminal } from '../launch/terminal.mjs';

/** What every command gets from the launcher. */
export interface CommandContext {
  /** The folder of the checkout. */
  readonly root: string;
  readonly command: string;
  readonly args: string[];
  readonly terminal: Terminal;
  readonly processes: Processes;
  /** Called when everything is installed and built, so that the next command may install and build. */
  readonly releasePrepareLock: () => void;
}
