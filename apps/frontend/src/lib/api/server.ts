import 'server-only';
import { cookies, headers } from 'next/headers';
import { backendOrigin } from '@/lib/config';
import { type Call, send } from './client';

/** From a server component, in the name of the reader: the session's cookie goes along, and the request's id, for the logs. */
export const serverCall: Call = async (path, options = {}) => {
  const [jar, incoming] = await Promise.all([cookies(), headers()]);
  const passedOn: Record<string, string> = {};
  const cookie = jar.toString();
  if (cookie) passedOn.cookie = cookie;
  const requestId = incoming.get('x-request-id');
  if (requestId) passedOn['x-request-id'] = requestId;
  return send(backendOrigin(), path, { ...options, headers: { ...passedOn, ...options.headers } });
};
