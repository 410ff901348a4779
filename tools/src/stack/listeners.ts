import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** The code of TCP_LISTEN in /proc/net/tcp. */
const LISTEN = '0A';

/** Describes the process that listens on the port, so that the user can stop it; undefined when none does. */
export function listenerOn(port: number): string | undefined {
  if (process.platform !== 'linux') return listenerFromLsof(port);
  const sockets = listeningSockets(port);
  if (sockets.size === 0) return undefined;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name)))
    if (hasOpen(pid, sockets)) return `process ${pid}${commandOf(pid)}`;
  return "another user's process";
}

/** The sockets that listen on the port, on any address, as /proc/PID/fd names them. */
function listeningSockets(port: number): Set<string> {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const sockets = new Set<string>();
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6'])
    for (const line of linesOf(table)) {
      const [, local = '', , state, , , , , , inode = ''] = line.trim().split(/\s+/);
      if (state === LISTEN && local.endsWith(suffix)) sockets.add(`socket:[${inode}]`);
    }
  return sockets;
}

function linesOf(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n').slice(1);
  } catch {
    return []; // tcp6 is missing on a kernel without IPv6
  }
}

function hasOpen(pid: string, sockets: Set<string>): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((fd) => sockets.has(readLink(`/proc/${pid}/fd/${fd}`)));
  } catch {
    return false; // the process has exited or belongs to another user
  }
}

function readLink(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return ''; // closed in the meantime
  }
}

function commandOf(pid: string): string {
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').join(' ').trim();
    return command ? `, ${command.slice(0, 120)}` : '';
  } catch {
    return ''; // exited in the meantime: the process id is shown alone
  }
}

function listenerFromLsof(port: number): string | undefined {
  const { stdout } = spawnSync('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc'], { encoding: 'utf8' });
  const pid = stdout?.match(/^p(\d+)/m)?.[1];
  return pid && `process ${pid}, ${stdout.match(/^c(.+)/m)?.[1]}`;
}
