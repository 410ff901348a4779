import type { CheckInNumbers } from '@mini-compete/shared/check-ins';
import { encode, HEARTBEAT } from '../../platform/live/event-stream.js';
import type { Subscriber } from '../../platform/live/subscriber.js';

/** Everybody who watches the check-in of one competition in this process, by the account. */
export class CheckInTopic {
  private readonly userIdOf = new Map<Subscriber, string>();
  private numbers: CheckInNumbers;

  constructor(numbers: CheckInNumbers) {
    this.numbers = numbers;
  }

  get size(): number {
    return this.userIdOf.size;
  }

  get userIds(): string[] {
    return [...new Set(this.userIdOf.values())];
  }

  readonly latestEvent = (): Buffer => encode(null, 'numbers', this.numbers);

  add(subscriber: Subscriber, userId: string): void {
    this.userIdOf.set(subscriber, userId);
    subscriber.send(this.latestEvent());
  }

  remove(subscriber: Subscriber): void {
    this.userIdOf.delete(subscriber);
  }

  /** Only what has changed is sent. */
  update(numbers: CheckInNumbers): void {
    const hasChanged = contentOf(numbers) !== contentOf(this.numbers);
    this.numbers = numbers;
    if (hasChanged) for (const subscriber of this.userIdOf.keys()) subscriber.send(this.latestEvent());
  }

  heartbeat(): void {
    for (const subscriber of this.userIdOf.keys()) subscriber.heartbeat(HEARTBEAT);
  }

  /** Ends the streams of people who may no longer watch. */
  keepOnly(allowed: ReadonlySet<string>): void {
    for (const [subscriber, userId] of this.userIdOf) if (!allowed.has(userId)) subscriber.end();
  }

  end(): void {
    for (const subscriber of this.userIdOf.keys()) subscriber.end();
  }
}

const contentOf = ({ serverTime: _, ...numbers }: CheckInNumbers): string => JSON.stringify(numbers);
