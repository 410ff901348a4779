import { z } from 'zod';
import { Id, multiLineText, PageQuery, singleLineText } from './common.js';
import { CompetitionPage } from './competitions.js';
import { rule } from './validation-rules.js';

export const ORGANIZER_TEXT_MAX = 5_000;
export const ORGANIZER_LINKS_MAX = 5;

/** A link that shows where it leads: over HTTPS, and without a user name that looks like another host. */
function isHttpsLink(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, hostname } = new URL(text);
  return protocol === 'https:' && username === '' && password === '' && hostname.includes('.');
}

/** What organizers write about themselves. */
export const SaveOrganizerProfile = z
  .strictObject({
    /** Markdown. */
    text: multiLineText(ORGANIZER_TEXT_MAX),
    links: z
      .array(
        z.strictObject({
          label: singleLineText(60),
          url: singleLineText(500).refine(isHttpsLink, rule('httpsLink')),
        }),
      )
      .max(ORGANIZER_LINKS_MAX),
  })
  .meta({ id: 'SaveOrganizerProfile' });

const OrganizerLink = z.object({ label: z.string(), url: z.string() }).meta({ id: 'OrganizerLink' });
export type OrganizerLink = z.infer<typeof OrganizerLink>;

export const OrganizerProfile = z
  .object({ text: z.string(), links: z.array(OrganizerLink) })
  .meta({ id: 'OrganizerProfile' });
export type OrganizerProfile = z.infer<typeof OrganizerProfile>;

export const OrganizerQuery = z.strictObject(PageQuery.shape);
export type OrganizerQuery = z.infer<typeof OrganizerQuery>;

export const OrganizerPage = z
  .object({
    id: Id,
    name: z.string(),
    /** The text as HTML that is safe to insert into a page. */
    textHtml: z.string(),
    links: z.array(OrganizerLink),
    /** Public ones: those that have not begun, soonest first, then the others, latest first. */
    competitions: CompetitionPage,
  })
  .meta({ id: 'OrganizerPage' });
export type OrganizerPage = z.infer<typeof OrganizerPage>;
