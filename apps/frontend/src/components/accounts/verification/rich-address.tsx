import type { ReactNode } from 'react';

/** An address inside a sentence: always left to right, and in one piece where there is room. */
export const address = (email: ReactNode): ReactNode => (
  <bdi dir="ltr" className="font-semibold wrap-anywhere text-ink">
    {email}
  </bdi>
);
