/** For one small machine that does other things too. */
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  shared_buffers: '256MB',
  effective_cache_size: '1GB',
  work_mem: '8MB',
  maintenance_work_mem: '128MB',
  // Fewer, larger checkpoints: each one makes the next writes of every page longer.
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

/** `durable`: an answer survives a power cut. Tests do without, and keep synchronous_commit, which the product checks. */
export function settings({ durable }: { durable: boolean }): string[] {
  const speed = durable
    ? { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' }
    : { fsync: 'off', full_page_writes: 'off' };
  const all = { ...SETTINGS, ...speed, ...(!durable && { max_connections: '400' }) };
  return Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}
