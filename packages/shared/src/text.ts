// Without Zod: pages check answers with this file, and would have to load Zod as well.

const CONTROL = /[\u0000-\u001f\u007f]/;
const CONTROL_BUT_LINES = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

/** Zero-width characters and bidi controls: with them, texts that look the same differ, or one is shown in another order. */
const HIDDEN = /[\u00ad\u200b\u202a-\u202e\u2060-\u206f\ufeff]/g;
/** Joiners and variation selectors show nothing alone either. Inside a text, emoji, Arabic and Indic scripts need them. */
const VISIBLE = /[^\p{Default_Ignorable_Code_Point}\p{White_Space}\u2800]/u;
/** Half of a character. PostgreSQL refuses it in JSON. */
const LONE_SURROGATE = /\p{Surrogate}/gu;

/** Without hidden characters, and empty if nothing of it would be visible. */
export function visibleText(text: string): string {
  const shown = text.replace(HIDDEN, '').replace(LONE_SURROGATE, '\ufffd');
  return VISIBLE.test(shown) ? shown : '';
}

export const hasControlCharacters = (text: string): boolean => CONTROL.test(text);
export const hasControlCharactersButLines = (text: string): boolean => CONTROL_BUT_LINES.test(text);
