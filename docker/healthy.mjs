// The health check of a container: whether this address answers well.
const [address] = process.argv.slice(2);
try {
  const answer = await fetch(address, { redirect: 'manual', signal: AbortSignal.timeout(4_000) });
  process.exit(answer.status < 400 ? 0 : 1);
} catch {
  process.exit(1);
}
