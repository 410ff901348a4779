// Health check of a container: exits with 0 if the URL responds with a status below 400.
const [url] = process.argv.slice(2);
try {
  const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(4_000) });
  process.exit(response.status < 400 ? 0 : 1);
} catch {
  process.exit(1);
}
