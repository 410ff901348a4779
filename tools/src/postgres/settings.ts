/** Sized for a small machine that also runs the product. */
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  shared_buffers: '256MB',
  effective_cache_size: '1GB',
  work_mem: '8MB',
  maintenance_work_mem: '128MB',
  // Fewer checkpoints: after each one, the first change of a page writes the whole page to the WAL.
  max_wal_size: '2GB',
  min_wal_size: '256MB',
  checkpoint_timeout: '15min',
  wal_compression: 'on',
  random_page_cost: '1.1',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_line_prefix: '%m [%p] ',
};

const TEST_SETTINGS = {
  max_connections: '400',
  // Not that of the product's sessions, so that one that does not set its own fails a test.
  timezone: 'Asia/Kolkata',
};

/**
 * `durable`: a commit survives a power failure. Tests do without it, but keep synchronous_commit, which the product
 * requires.
 */
export function settings({ durable }: { durable: boolean }): string[] {
  const durability = durable
    ? { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' }
    : { fsync: 'off', full_page_writes: 'off' };
  const all = { ...SETTINGS, ...durability, ...(!durable && TEST_SETTINGS) };
  return Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}
