// Health check of a container: exits with 0 if the address answers with a status below 400.
const [address] = process.argv.slice(2);
try {
  const answer = await fetch(address, { redirect: 'manual', signal: AbortSignal.timeout(4_000) });
  process.exit(answer.status < 400 ? 0 : 1);
} catch {
  process.exit(1);
}
