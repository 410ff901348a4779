import type { AccountExport, EraseAccount } from '@mini-compete/shared/privacy';
import type { Call } from './client';

export const getExport = (call: Call) => call<AccountExport>('/auth/me/export');
export const requestExport = (call: Call) => call<AccountExport>('/auth/me/export', { method: 'POST' });
export const eraseAccount = (call: Call, body: EraseAccount) => call<undefined>('/auth/me', { method: 'DELETE', body });

/** The browser downloads it: it may be large, and the session is in its cookies. */
export const EXPORT_FILE = '/api/auth/me/export/file';
