/** The subject of an announcement with the title of its competition, which is the same for everybody. */
export const withTitle = (subject: string, title: string): string => subject.replaceAll('{{competition}}', () => title);
