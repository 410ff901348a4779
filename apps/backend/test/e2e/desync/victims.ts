import { expect } from 'vitest';
import type { Person } from '../../support/factories.js';
import { post } from '../../support/http-client.js';
import { RawConnection, type RawResponse } from '../../support/raw-connection.js';

type Account = Pick<Person, 'id' | 'name' | 'email' | 'token'>;

export const ATTACKER_NAME = 'Mallory';
const DATA_OF_ATTACKER = new RegExp(`smuggled|evil|${ATTACKER_NAME}`);
const EMAIL = /person-\d+-[0-9a-f]{8}@example\.org/g;
/** Request ids, email addresses, tokens and cookies of victims. */
const DATA_OF_VICTIM =
  /victim-\d+|@renewing|mc_(access|refresh)=[^;]+|\beyJ[\w-]{10,}|person-\d+-[0-9a-f]{8}@example\.org/g;

export const findDataOfVictims = (received: string, attacker: Person): string[] =>
  (received.match(DATA_OF_VICTIM) ?? []).filter((text) => text !== attacker.email);

let requests = 0;

/** A client with one persistent connection. Each of its requests has to get exactly one response, and its own. */
export class Victim {
  /** The first response of /api/auth/me. The later ones have to be equal. */
  private profile = '';

  private constructor(
    private readonly connection: RawConnection,
    private readonly host: string,
    private readonly account: Account,
  ) {}

  static async connect(url: string, account: Account): Promise<Victim> {
    return new Victim(await RawConnection.open(url), new URL(url).host, account);
  }

  requestWithToken = async () =>
    this.expectOwnProfile(await this.get('/api/auth/me', `Authorization: Bearer ${this.account.token}`));

  requestWithCookie = async () =>
    this.expectOwnProfile(await this.get('/api/auth/me', `Cookie: mc_access=${this.account.token}`));

  /** Without an access token, so that the response renews the session. Returns the next refresh token. */
  requestWithRefreshToken = async (refreshToken: string): Promise<string> => {
    const response = await this.get('/api/auth/me', `Cookie: mc_refresh=${refreshToken}`);
    this.expectOwnProfile(response);
    return refreshTokenIn(response.header('set-cookie'));
  };

  requestOwnPage = async () => {
    const { status, body } = await this.get('/profile', `Cookie: mc_access=${this.account.token}`);
    expect(status).toBe(200);
    expect(body).toContain(this.account.name);
    expect([...new Set(body.match(EMAIL))]).toEqual([this.account.email]);
  };

  requestPublicPage = async (path: string) => {
    const { status, body } = await this.get(path, 'Accept: text/html');
    if (status !== 200 || body.match(EMAIL)) expect.fail(`${status} ${body}`);
  };

  close = () => this.connection.close();

  private async get(path: string, header: string): Promise<RawResponse> {
    const id = `victim-${++requests}-0000`;
    const response = await this.connection.request(
      `GET ${path} HTTP/1.1\r\nHost: ${this.host}\r\n${header}\r\nX-Request-Id: ${id}\r\n\r\n`,
    );
    if (response.header('x-request-id') !== id || DATA_OF_ATTACKER.test(response.body))
      expect.fail(`The request ${id} for ${path} got the response ${response.head}\n${response.body}`);
    return response;
  }

  private expectOwnProfile({ status, body }: RawResponse): void {
    if (body === this.profile && status === 200) return;
    const { id, name, email } = this.account;
    expect(JSON.parse(body), this.profile).toMatchObject({ id, name, email });
    expect(this.profile).toBe('');
    this.profile = body;
  }
}

export interface RenewingVictim {
  request(): Promise<void>;
  close(): void;
}

/** A victim whose access token has always expired, so that each of its requests renews the session. */
export async function aRenewingVictim(url: string): Promise<RenewingVictim> {
  const account = {
    name: 'Renata',
    email: `${++requests}@renewing.example`,
    password: 'correct horse',
    role: 'PARTICIPANT',
  };
  const { body, headers } = await post(url, '/api/auth/signup', { body: account });
  const victim = await Victim.connect(url, { ...body.user, token: '' });
  let refreshToken = refreshTokenIn(headers.getSetCookie().join());
  return {
    async request() {
      refreshToken = await victim.requestWithRefreshToken(refreshToken);
    },
    close: victim.close,
  };
}

function refreshTokenIn(cookies: string | null): string {
  const token = /mc_refresh=([^;]+)/.exec(cookies ?? '')?.[1];
  return token ?? expect.fail(`No new cookies: ${cookies}`);
}
