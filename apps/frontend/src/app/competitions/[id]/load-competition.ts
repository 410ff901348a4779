import 'server-only';
import type { Competition } from '@mini-compete/shared/competitions';
import { notFound } from 'next/navigation';
import { findCompetition } from '@/lib/find-competition';

/** An unknown or invalid id renders the not-found page. */
export const loadCompetition = async (id: string): Promise<Competition> => (await findCompetition(id)) ?? notFound();
