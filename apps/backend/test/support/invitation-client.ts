import type { CompetitionRow, Person } from './factories.js';
import { inHours } from './factories.js';
import { type ApiResponse, type CallOptions, get, post } from './http-client.js';
import { rows } from './queries.js';

type Competition = Pick<CompetitionRow, 'id'>;

/** The requests about invitations and imports to the API at `url`. */
export function invitationClient(url: string) {
  const path = ({ id }: Competition) => `/api/competitions/${id}`;
  const invite = (
    { token }: Person,
    competition: Competition,
    emails: readonly string[],
    { expiresAt = inHours(24).toISOString(), ...body }: { expiresAt?: string; message?: string } = {},
    options?: CallOptions,
  ): Promise<ApiResponse> =>
    post(url, `${path(competition)}/invitations`, { token, body: { emails, expiresAt, ...body }, ...options });
  const list = ({ token }: Person, competition: Competition, query = '') =>
    get(url, `${path(competition)}/invitations${query}`, { token });
  return {
    invite,
    list,
    /** Invites one address. Returns the link. */
    async linkFor(staff: Person, competition: Competition, email: string, expiresAt?: string): Promise<string> {
      const { text, status } = await invite(staff, competition, [email], expiresAt === undefined ? {} : { expiresAt });
      if (status !== 200) throw new Error(text);
      const { items } = (await list(staff, competition, `?search=${encodeURIComponent(email)}&state=open`)).body;
      return items[0].link;
    },
    withdraw: ({ token }: Person, competition: Competition, invitationIds: readonly string[], options?: CallOptions) =>
      post(url, `${path(competition)}/invitations/withdraw`, { token, body: { invitationIds }, ...options }),
    send: ({ token }: Person, competition: Competition, invitationIds: readonly string[], options?: CallOptions) =>
      post(url, `${path(competition)}/invitations/send`, { token, body: { invitationIds }, ...options }),
    read: ({ token }: Pick<Person, 'token'>, link: string) => get(url, `/api/invitations/${tokenIn(link)}`, { token }),
    redeem: ({ token }: Pick<Person, 'token'>, link: string, options?: CallOptions) =>
      post(url, `/api/invitations/${tokenIn(link)}/redeem`, { token, ...options }),
    /** Checks a file. */
    async upload(
      { token }: Person,
      competition: Competition,
      file: string | Uint8Array,
      { key }: Pick<CallOptions, 'key'> = {},
    ): Promise<ApiResponse> {
      const response = await fetch(`${url}${path(competition)}/imports?fileName=people.csv`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'text/csv',
          ...(key !== undefined && { 'idempotency-key': key }),
        },
        body: typeof file === 'string' ? file : new Uint8Array(file),
      });
      const text = await response.text();
      return { status: response.status, headers: response.headers, text, body: text === '' ? null : JSON.parse(text) };
    },
    commit: (
      { token }: Person,
      competition: Competition,
      importId: string,
      { notify = true, ...body }: { notify?: boolean; expiresAt?: string } = {},
      options?: CallOptions,
    ) => post(url, `${path(competition)}/imports/${importId}/commit`, { token, body: { notify, ...body }, ...options }),
    readImport: ({ token }: Person, competition: Competition, importId: string, rest = '') =>
      get(url, `${path(competition)}/imports/${importId}${rest}`, { token }),
  };
}

const tokenIn = (link: string): string => new URL(link).searchParams.get('token') ?? '';

/** Sets the end of all open invitations, as if they had been sent so. Negative: it has passed. */
export async function expireIn({ id }: Competition, seconds: number): Promise<void> {
  await rows(
    `UPDATE invitations SET expires_at = clock_timestamp() + make_interval(secs => $2)
     WHERE competition_id = $1 AND ended_at IS NULL`,
    [id, seconds],
  );
  await rows('SELECT set_next_expiry_v1($1)', [id]);
}
