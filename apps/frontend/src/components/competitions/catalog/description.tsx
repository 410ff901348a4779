/** The HTML that the API has rendered from the organizer's Markdown, see `descriptions/markdown.ts` there. */
export function Description({ html }: { html: string }) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: the API renders allowed elements only
  return <div dir="auto" className="prose" dangerouslySetInnerHTML={{ __html: html }} />;
}
