import { DOORS_CHANNEL, type DoorsMessage } from '@/lib/offline/names';

/** What the tabs of this browser tell each other. A tab does not get its own messages. */
export class DoorChannel {
  private readonly channel = new BroadcastChannel(DOORS_CHANNEL);

  constructor(onMessage: (message: DoorsMessage) => void) {
    this.channel.onmessage = ({ data }) => onMessage(data as DoorsMessage);
  }

  send(message: DoorsMessage): void {
    this.channel.postMessage(message);
  }

  close(): void {
    this.channel.close();
  }
}
