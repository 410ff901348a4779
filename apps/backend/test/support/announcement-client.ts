import { type CompetitionRow, type Person } from './factories.js';
import { type ApiResponse, type CallOptions, call, get, patch, post } from './http-client.js';

type Competition = Pick<CompetitionRow, 'id'>;

export const DRAFT = {
  subject: 'News about {{competition}}',
  body: 'Hello {{name}}, **doors** open at {{start}}.\n\n[Leave]({{leaveLink}})',
  audience: { everyone: true },
};

/** The requests of a competition's staff about announcements to the API at `url`. */
export function announcementClient(url: string) {
  const path = ({ id }: Competition, rest = '') => `/api/competitions/${id}/announcements${rest}`;
  const client = {
    list: ({ token }: Person, competition: Competition) => get(url, path(competition), { token }),
    create: ({ token }: Person, competition: Competition, body: object = DRAFT, options?: CallOptions) =>
      post(url, path(competition), { token, body, ...options }),
    read: ({ token }: Person, competition: Competition, id: string) => get(url, path(competition, `/${id}`), { token }),
    edit: ({ token }: Person, competition: Competition, id: string, body: object, version: number) =>
      patch(url, path(competition, `/${id}`), { token, body, headers: { 'if-match': `"${version}"` } }),
    delete: ({ token }: Person, competition: Competition, id: string) =>
      call('DELETE', url, path(competition, `/${id}`), { token }),
    test: ({ token }: Person, competition: Competition, id: string) =>
      post(url, path(competition, `/${id}/test`), { token }),
    preview: ({ token }: Person, competition: Competition, id: string) =>
      post(url, path(competition, `/${id}/preview`), { token }),
    send: ({ token }: Person, competition: Competition, id: string, previewId: string, options?: CallOptions) =>
      post(url, path(competition, `/${id}/send`), { token, body: { previewId }, ...options }),
    stop: ({ token }: Person, competition: Competition, id: string) =>
      post(url, path(competition, `/${id}/stop`), { token }),
    recipients: ({ token }: Person, competition: Competition, id: string, query = '') =>
      get(url, path(competition, `/${id}/recipients${query}`), { token }),
    published: (competition: Competition, language = 'en') =>
      get(url, path(competition, `/published?language=${language}`)),
    /** Writes, previews and sends. */
    async announce(person: Person, competition: Competition, body: object = DRAFT) {
      const { body: draft, text } = await client.create(person, competition, body);
      if (draft.id === undefined) throw new Error(text);
      const { body: preview } = await client.preview(person, competition, draft.id);
      const response: ApiResponse = await client.send(person, competition, draft.id, preview.id);
      return { id: draft.id as string, preview, response };
    },
  };
  return client;
}
