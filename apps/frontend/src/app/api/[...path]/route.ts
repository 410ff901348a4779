import type { NextRequest } from 'next/server';
import { passOn } from '@/lib/api/pass-on';

/** The API under the web app's own address, at run time: rewrites would be fixed when building. */
const handle = (request: NextRequest) => passOn(request);

export {
  handle as DELETE,
  handle as GET,
  handle as HEAD,
  handle as OPTIONS,
  handle as PATCH,
  handle as POST,
  handle as PUT,
};
