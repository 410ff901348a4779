import type { User } from '@mini-compete/shared/auth';
import type { User as UserRow } from '../../platform/database/generated/client.js';

/** An account as its owner sees it. */
export const toUser = (row: Pick<UserRow, 'id' | 'name' | 'email' | 'role' | 'createdAt'>): User => ({
  id: row.id,
  name: row.name,
  email: row.email,
  role: row.role,
  createdAt: row.createdAt.toISOString(),
});
