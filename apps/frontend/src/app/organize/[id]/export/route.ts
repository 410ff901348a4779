import type { NextRequest } from 'next/server';
import { passOn } from '@/lib/api/pass-on';

/** The whole list as a file: a link cannot say by itself that it wants CSV. */
export async function GET(request: NextRequest, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const { id } = await params;
  return passOn(request, `/api/competitions/${encodeURIComponent(id)}/registrations?status=all`, {
    accept: 'text/csv',
  });
}
