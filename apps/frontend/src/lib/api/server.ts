import 'server-only';
import { cookies, headers } from 'next/headers';
import { backendOrigin } from '@/lib/config';
import { type Call, send } from './client';

/** From a server component, in the name of the reader: the cookies and the address of who asked go along. */
export const serverCall: Call = async (path, options = {}) => {
  const [jar, incoming] = await Promise.all([cookies(), headers()]);
  const forwarded: Record<string, string> = {};
  const cookie = jar.toString();
  if (cookie) forwarded.cookie = cookie;
  for (const name of ['x-forwarded-for', 'user-agent']) {
    const value = incoming.get(name);
    if (value) forwarded[name] = value;
  }
  return send(backendOrigin(), path, { ...options, headers: { ...forwarded, ...options.headers } });
};
