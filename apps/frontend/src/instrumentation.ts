export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    const { noteWhoConnects } = await import('./lib/who-connects');
    noteWhoConnects();
  }
}
