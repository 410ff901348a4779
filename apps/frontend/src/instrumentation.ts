export async function register(): Promise<void> {
  // biome-ignore lint/style/noProcessEnv: replaced when building, so that only one runtime gets the module
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    const { noteWhoConnects } = await import('./lib/who-connects');
    noteWhoConnects();
  }
}
