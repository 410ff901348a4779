import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { TextbookPlan } from '../opponents/textbook.js';
import type { Outcome, Plan } from './load.js';
import type { Watched, WatchPlan } from './watch.js';

export type Orders =
  | { kind: 'load'; plan: Plan }
  | { kind: 'textbook'; plan: TextbookPlan }
  | { kind: 'watch'; plan: WatchPlan };

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

  watch(plan: WatchPlan): Promise<Watched> {
    return this.ask({ kind: 'watch', plan });
  }

  stop(): void {
    this.child.disconnect();
  }

  private async ask<Answer>(orders: Orders): Promise<Answer> {
    this.child.send(orders);
    const ended = new AbortController();
    const end = () => ended.abort(new Error('The load process ended'));
    this.child.once('exit', end);
    const [outcome] = await once(this.child, 'message', { signal: ended.signal });
    this.child.off('exit', end);
    return outcome as Answer;
  }
}
