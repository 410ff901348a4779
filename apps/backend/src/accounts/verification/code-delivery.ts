import type { CodeDelivery } from '@mini-compete/shared/verification';
import type { Env } from '../../platform/config/env.js';

/** A trial without a mail server prints codes in its terminal. In production that would leak them into logs. */
export function codeDelivery({ smtpUrl, nodeEnv }: Pick<Env, 'smtpUrl' | 'nodeEnv'>): CodeDelivery {
  if (smtpUrl !== null) return 'email';
  return nodeEnv === 'development' ? 'terminal' : 'none';
}
