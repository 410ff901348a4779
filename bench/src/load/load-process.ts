import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { TextbookPlan } from '../baselines/textbook.js';
import type { LoadPlan, LoadResult } from './load.js';
import type { SubscribePlan, SubscribeResult } from './subscribers.js';

export type LoadCommand =
  | { kind: 'load'; plan: LoadPlan }
  | { kind: 'textbook'; plan: TextbookPlan }
  | { kind: 'subscribe'; plan: SubscribePlan };

/** Runs the load generator and the textbook baseline in a child process, which has its own event loop. */
export class LoadProcess {
  private readonly child: ChildProcess = fork(fileURLToPath(new URL('./child.js', import.meta.url)), {
    serialization: 'advanced',
  });

  load(plan: LoadPlan): Promise<LoadResult> {
    return this.run({ kind: 'load', plan });
  }

  textbook(plan: TextbookPlan): Promise<LoadResult> {
    return this.run({ kind: 'textbook', plan });
  }

  subscribe(plan: SubscribePlan): Promise<SubscribeResult> {
    return this.run({ kind: 'subscribe', plan });
  }

  stop(): void {
    this.child.disconnect();
  }

  private async run<Result>(command: LoadCommand): Promise<Result> {
    this.child.send(command);
    const exited = new AbortController();
    const onExit = () => exited.abort(new Error('The load process exited'));
    this.child.once('exit', onExit);
    const [result] = await once(this.child, 'message', { signal: exited.signal });
    this.child.off('exit', onExit);
    return result as Result;
  }
}
