/** Of the trial accounts, and of everybody in the demo. */
const PASSWORD = 'password123';

const REQUEST_TIMEOUT_MS = 10_000;

/** Sends requests to the public API as any number of people. A person signs in before the first request. */
export class DemoClient {
  private readonly tokens = new Map<string, string>();

  constructor(private readonly origin: string) {}

  async get<Body>(path: string): Promise<Body> {
    const response = await this.send('GET', path);
    if (!response.ok) throw new Error(`GET ${path}: ${response.status}`);
    return (await response.json()) as Body;
  }

  /** Resolves with the status. */
  async act(email: string, method: 'POST' | 'DELETE', path: string, body?: object): Promise<number> {
    const token = this.tokens.get(email) ?? (await this.signIn(email));
    const response = await this.send(method, path, token, body);
    await response.body?.cancel();
    if (response.status === 401) this.tokens.delete(email); // the token has expired
    return response.status;
  }

  private async signIn(email: string): Promise<string> {
    const response = await this.send('POST', '/auth/login', undefined, { email, password: PASSWORD });
    if (!response.ok) throw new Error(`Signing in: ${response.status}`);
    const { token } = (await response.json()) as { token: string };
    this.tokens.set(email, token);
    return token;
  }

  private send(method: string, path: string, token?: string, body?: object): Promise<Response> {
    return fetch(`${this.origin}/api${path}`, {
      method,
      headers: {
        ...(token && { authorization: `Bearer ${token}` }),
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
    });
  }
}
