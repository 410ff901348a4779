import { headers } from 'next/headers';
import { recordEarlyInput } from '@/lib/early-input';

/** Inline and first in the page, to run before anything can be pressed. */
export async function EarlyInputScript() {
  const policy = (await headers()).get('content-security-policy') ?? '';
  const nonce = policy.match(/'nonce-([^']+)'/)?.[1];
  return (
    <script
      // Browsers hide the nonce from scripts, which would be a hydration mismatch.
      suppressHydrationWarning
      {...(nonce && { nonce })}
      // biome-ignore lint/security/noDangerouslySetInnerHtml: the source of a function of this project
      dangerouslySetInnerHTML={{ __html: `(${recordEarlyInput})()` }}
    />
  );
}
