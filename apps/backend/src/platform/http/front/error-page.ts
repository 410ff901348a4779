import { createHash } from 'node:crypto';
import { CATALOGS, type Catalog } from '@mini-compete/messages/catalog';
import { directionOf, type Language } from '@mini-compete/shared/languages';

/** The colors of the web app's tokens.css. The logo shows nine seats: six taken, one of the reader, two free. */
const STYLE = `:root{color-scheme:light dark;--surface:light-dark(oklch(.982 .007 88),oklch(.185 .005 60));--ink:light-dark(oklch(.225 .016 70),oklch(.945 .008 85));--muted:light-dark(oklch(.44 .016 75),oklch(.755 .012 80));--accent:light-dark(oklch(.455 .225 268),oklch(.785 .115 274));--accent-ink:light-dark(oklch(.99 .004 88),oklch(.2 .04 274));--free:light-dark(oklch(.872 .014 86),oklch(.345 .011 76));--taken:light-dark(oklch(.345 .02 72),oklch(.8 .012 84))}
:root[data-theme=light]{color-scheme:light}:root[data-theme=dark]{color-scheme:dark}
*{box-sizing:border-box}body{margin:0;min-height:100vh;display:grid;place-items:center;padding:2rem 1.25rem;background:var(--surface);color:var(--ink);font:1rem/1.6 ui-sans-serif,system-ui,"Noto Sans Arabic",sans-serif}
main{max-width:32rem;width:100%}svg{display:block;margin-block-end:2rem}.free{fill:var(--free)}.taken{fill:var(--taken)}.mine{fill:var(--accent)}
h1{margin:0 0 1rem;font-size:clamp(1.728rem,6vw,2.488rem);line-height:1.15;letter-spacing:-.02em;text-wrap:balance}p{margin:0 0 .75rem;color:var(--muted)}code{display:inline-block;margin-block-end:.75rem;overflow-wrap:anywhere;direction:ltr;text-align:start}
a{display:inline-block;margin-block-start:1.25rem;padding:.7rem 1.25rem;min-height:2.75rem;border:1px solid transparent;border-radius:10px;background:var(--accent);color:var(--accent-ink);font-weight:600;text-decoration:none}a:focus-visible{outline:3px solid var(--accent);outline-offset:3px}
@media (forced-colors:active){a{border-color:LinkText}.taken,.mine{fill:CanvasText}.free{fill:GrayText}}`;

/** The outline of a seat as in the web app, in a square of 10 by 10. */
const SEAT = 'M1 5.2a4 4.2 0 0 1 8 0V7.8a1.2 1.2 0 0 1-1.2 1.2H2.2A1.2 1.2 0 0 1 1 7.8Z';
const SEATS = ['taken', 'taken', 'taken', 'taken', 'taken', 'taken', 'mine', 'free', 'free']
  .map(
    (kind, n) => `<path class="${kind}" transform="translate(${(n % 3) * 10} ${Math.floor(n / 3) * 10})" d="${SEAT}"/>`,
  )
  .join('');

export const ERROR_PAGE_POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

export interface ErrorPage {
  readonly kind: keyof Catalog['serverPages'];
  readonly language: Language;
  /** `light`, `dark`, or empty for the setting of the system. */
  readonly theme: string;
  /** The request id of an unexpected error, to find it in the log. */
  readonly reference?: string;
}

/** Sent without the web app, so the styles cannot come from it. */
export function errorPage({ kind, language, theme, reference }: ErrorPage): string {
  const { title, action, ...paragraphs } = CATALOGS[language].serverPages[kind];
  return `<!doctype html>
<html lang="${language}" dir="${directionOf(language)}"${theme && ` data-theme="${theme}"`}>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
<title>${title} · Mini Compete</title>
<style>${STYLE}</style>
<main><svg width="54" height="54" viewBox="0 0 30 30" aria-hidden="true">${SEATS}</svg>
<h1>${title}</h1>
${Object.values(paragraphs)
  .map((text) => `<p>${text}</p>`)
  .join('\n')}
${reference === undefined ? '' : `<p><code>${reference}</code></p>\n`}<a href="">${action}</a></main>
</html>
`;
}
