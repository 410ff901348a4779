import PostalMime, { type Email } from 'postal-mime';

export interface VerificationMail extends Email {
  readonly code: string;
  /** To the page with the button. */
  readonly link: string;
}

/** A mail with what a person would read in it: a code, and the link of its button. Empty when it has none. */
export async function parseVerificationMail(raw: string): Promise<VerificationMail> {
  const mail = await PostalMime.parse(raw);
  const { text = '' } = mail;
  return { ...mail, code: /^\d{6}$/m.exec(text)?.[0] ?? '', link: /http\S+\/verify-email#\S+/.exec(text)?.[0] ?? '' };
}
