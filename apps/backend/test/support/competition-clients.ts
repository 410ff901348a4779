import type { StaffRole } from '@mini-compete/shared/permissions';
import { testPool } from './database.js';
import type { CompetitionRow, Person } from './factories.js';
import { type ApiResponse, type CallOptions, del, get, patch, post } from './http-client.js';

type Competition = Pick<CompetitionRow, 'id'>;
type Request = (person: Person, competition: Competition, options?: CallOptions) => Promise<ApiResponse>;

/** The requests of a participant to the API at `url`. */
export function participantClient(url: string): Readonly<Record<'register' | 'join' | 'confirm' | 'leave', Request>> {
  const path = ({ id }: Competition) => `/api/competitions/${id}/register`;
  return {
    register: ({ token }, competition, options) => post(url, path(competition), { token, body: {}, ...options }),
    /** Registers, or joins the waitlist of a full competition. */
    join: ({ token }, competition, options) =>
      post(url, path(competition), { token, body: { joinWaitlist: true }, ...options }),
    confirm: ({ token }, { id }, options) => post(url, `/api/competitions/${id}/confirm`, { token, ...options }),
    leave: ({ token }, competition, options) => del(url, path(competition), { token, ...options }),
  };
}

/** The requests of an organizer to the API at `url`. */
export function organizerClient(url: string) {
  /** With the current version unless another one is given. */
  const edit = async (
    { token }: Person,
    competition: Competition,
    body: object,
    version?: number,
  ): Promise<ApiResponse> =>
    patch(url, `/api/competitions/${competition.id}`, {
      token,
      body,
      headers: { 'if-match': `"${version ?? (await versionAndCapacity(competition)).version}"` },
    });

  /** Retries while other changes of the same competition win. */
  async function changeCapacity(person: Person, competition: Competition, difference: number): Promise<void> {
    for (;;) {
      const { version, capacity } = await versionAndCapacity(competition);
      const { status, body, text } = await edit(person, competition, { capacity: capacity + difference }, version);
      if (status === 200) return;
      if (body.code !== 'VERSION_STALE') throw new Error(text);
    }
  }

  const cancel: Request = ({ token }, competition, options) =>
    post(url, `/api/competitions/${competition.id}/cancel`, { token, ...options });

  const removeSeveral = (
    { token }: Person,
    competition: Competition,
    registrationIds: readonly string[],
    options?: CallOptions,
  ): Promise<ApiResponse> =>
    post(url, `/api/competitions/${competition.id}/registrations/remove`, {
      token,
      body: { registrationIds, reason: 'Double entry' },
      ...options,
    });

  const reinstate = (
    { token }: Person,
    competition: Competition,
    registrationId: string,
    options?: CallOptions,
  ): Promise<ApiResponse> =>
    post(url, `/api/competitions/${competition.id}/registrations/${registrationId}/reinstate`, { token, ...options });

  const pendingActs: Request = ({ token }, competition, options) =>
    get(url, `/api/competitions/${competition.id}/pending-acts`, { token, ...options });

  /** Undoes the act with the id, or the only pending one. */
  async function undo(
    person: Person,
    competition: Competition,
    actId?: string,
    options?: CallOptions,
  ): Promise<ApiResponse> {
    const id = actId ?? (await pendingActs(person, competition)).body.items[0].id;
    return post(url, `/api/competitions/${competition.id}/pending-acts/${id}/undo`, {
      token: person.token,
      ...options,
    });
  }

  return { edit, changeCapacity, cancel, removeSeveral, reinstate, pendingActs, undo };
}

/** The requests of a competition's staff, and of people who are invited to it, to the API at `url`. */
export function staffClient(url: string) {
  const path = ({ id }: Competition) => `/api/competitions/${id}/staff`;
  type Id = { readonly id: string };
  return {
    list: ({ token }: Person, competition: Competition) => get(url, path(competition), { token }),
    invite: ({ token }: Person, competition: Competition, body: object, options?: CallOptions) =>
      post(url, path(competition), { token, body, ...options }),
    withdraw: ({ token }: Person, competition: Competition, { id }: Id, options?: CallOptions) =>
      del(url, `${path(competition)}/invitations/${id}`, { token, ...options }),
    changeRole: ({ token }: Person, competition: Competition, { id }: Id, role: StaffRole, options?: CallOptions) =>
      patch(url, `${path(competition)}/${id}`, { token, body: { role }, ...options }),
    remove: ({ token }: Person, competition: Competition, { id }: Id, options?: CallOptions) =>
      del(url, `${path(competition)}/${id}`, { token, ...options }),
    readInvitation: ({ token }: Person, link: string) => get(url, `/api/staff-invitations/${tokenIn(link)}`, { token }),
    /** `link` is that of the invitation. */
    accept: ({ token }: Person, link: string, options?: CallOptions) =>
      post(url, `/api/staff-invitations/${tokenIn(link)}/accept`, { token, ...options }),
  };
}

const tokenIn = (link: string): string => new URL(link).searchParams.get('token') ?? '';

async function versionAndCapacity({ id }: Competition): Promise<{ version: number; capacity: number }> {
  const { rows } = await testPool().query('SELECT version, capacity FROM competitions WHERE id = $1', [id]);
  return rows[0];
}
