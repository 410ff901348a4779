import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { TextbookPlan } from '../opponents/textbook.js';
import type { Outcome, Plan } from './load.js';

export type Orders = { kind: 'load'; plan: Plan } | { kind: 'textbook'; plan: TextbookPlan };

/** The load, and the opponent, in a process of their own: neither takes turns with the report's event loop. */
export class LoadProcess {
  private readonly child: ChildProcess = fork(fileURLToPath(new URL('./child.js', import.meta.url)), {
    serialization: 'advanced',
  });

  load(plan: Plan): Promise<Outcome> {
    return this.ask({ kind: 'load', plan });
  }

  textbook(plan: TextbookPlan): Promise<Outcome> {
    return this.ask({ kind: 'textbook', plan });
  }

  stop(): void {
    this.child.disconnect();
  }

  private async ask(orders: Orders): Promise<Outcome> {
    this.child.send(orders);
    const [outcome] = await Promise.race([
      once(this.child, 'message'),
      once(this.child, 'exit').then(() => Promise.reject(new Error('The load process ended'))),
    ]);
    return outcome as Outcome;
  }
}
