import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

const LISTENING = '0A';

/** Who listens on that port, in words for the person who has to free it; undefined when nobody does. */
export function listenerOn(port: number): string | undefined {
  if (process.platform !== 'linux') return accordingToLsof(port);
  const sockets = listeningSockets(port);
  if (sockets.size === 0) return undefined;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name)))
    if (holds(pid, sockets)) return `process ${pid}${inWords(pid)}`;
  return "another user's process";
}

/** The inodes of the sockets that wait for connections there, on whichever address. */
function listeningSockets(port: number): Set<string> {
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const inodes = new Set<string>();
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6'])
    for (const line of linesOf(table)) {
      const [, local = '', , state, , , , , , inode = ''] = line.trim().split(/\s+/);
      if (state === LISTENING && local.endsWith(wanted)) inodes.add(`socket:[${inode}]`);
    }
  return inodes;
}

function linesOf(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n').slice(1);
  } catch {
    return []; // a kernel without IPv6
  }
}

function holds(pid: string, sockets: Set<string>): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((fd) => sockets.has(readlink(`/proc/${pid}/fd/${fd}`)));
  } catch {
    return false; // somebody else's, or gone
  }
}

function readlink(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

function inWords(pid: string): string {
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').join(' ').trim();
    return command ? `, ${command.slice(0, 120)}` : '';
  } catch {
    return '';
  }
}

function accordingToLsof(port: number): string | undefined {
  const { stdout } = spawnSync('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc'], { encoding: 'utf8' });
  const pid = stdout?.match(/^p(\d+)/m)?.[1];
  return pid && `process ${pid}, ${stdout.match(/^c(.+)/m)?.[1]}`;
}
