import { spawnSync } from 'node:child_process';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { createTempFolder } from './temp-folder.js';

const CHUNK = Buffer.alloc(1 << 20);
const PAGE = CHUNK.subarray(0, 4_096);
const REFILL_INTERVAL_MS = 100;

/** A disk in memory that is full when the drill says so. Mounting it takes root. */
export class SmallDisk {
  private ballast: number | undefined;
  private timer: NodeJS.Timeout | undefined;

  private constructor(
    private readonly mountPoint: string,
    /** For data. */
    readonly folder: string,
  ) {}

  /** Null where this user may not mount a file system. */
  static mount(megabytes: number): SmallDisk | null {
    const mountPoint = createTempFolder('disk');
    const options = ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=755`, 'tmpfs', mountPoint];
    const isMounted = spawnSync('mount', options, { stdio: 'ignore' }).status === 0;
    if (!isMounted) rmSync(mountPoint, { recursive: true });
    return isMounted ? new SmallDisk(mountPoint, join(mountPoint, 'data')) : null;
  }

  static canMount(): boolean {
    const disk = SmallDisk.mount(1);
    disk?.unmount();
    return disk !== null;
  }

  /** Until `free`, also what is freed by others is used up. */
  fill(): void {
    this.ballast = openSync(join(this.mountPoint, 'ballast'), 'w');
    const useUp = () => {
      for (const chunk of [CHUNK, PAGE]) while (this.write(chunk));
    };
    useUp();
    this.timer = setInterval(useUp, REFILL_INTERVAL_MS);
  }

  free(): void {
    clearInterval(this.timer);
    if (this.ballast !== undefined) closeSync(this.ballast);
    this.ballast = undefined;
    rmSync(join(this.mountPoint, 'ballast'), { force: true });
  }

  unmount(): void {
    this.free();
    spawnSync('umount', ['--lazy', this.mountPoint]);
    rmSync(this.mountPoint, { recursive: true, force: true });
  }

  private write(chunk: Buffer): boolean {
    try {
      return this.ballast !== undefined && writeSync(this.ballast, chunk) === chunk.length;
    } catch {
      return false; // full
    }
  }
}
