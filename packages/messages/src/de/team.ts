import type { team as en } from '../en/team.js';
import type { Translation } from '../en/translation.js';

export const team = {
  captain: 'Captain',
  you: 'Du',
  members: 'Mitglieder',
  count: '{count, number} von {max, plural, one {# Mitglied} other {# Mitgliedern}}',
  missing:
    '{count, plural, one {Es fehlt noch mindestens ein Mitglied.} other {Es fehlen noch mindestens # Mitglieder.}}',
  below: {
    title: '{count, plural, one {Deinem Team fehlt ein Mitglied} other {Deinem Team fehlen # Mitglieder}}',
    text: 'Ein Team braucht mindestens {min, plural, one {# Mitglied} other {# Mitglieder}}. Tritt bis {when} niemand bei, endet die Anmeldung deines Teams.',
  },
  tooSmall: 'Die Teams stehen fest, und deins hat zu wenige Mitglieder für die Anmeldung.',
  ineligible: {
    DISABLED: 'Dieses Konto ist gesperrt',
    STAFF: 'Gehört zum Organisationsteam dieses Wettbewerbs',
    EMAIL_NOT_VERIFIED: 'E-Mail-Adresse noch nicht bestätigt',
    ANSWERS_MISSING: 'Antworten fehlen',
  },
  mine: {
    EMAIL_NOT_VERIFIED: '<link>E-Mail-Adresse bestätigen</link>',
    ANSWERS_MISSING: '<link>Fragen beantworten</link>',
  },
  code: {
    title: 'Leute einladen',
    label: 'Code zum Beitreten',
    until: 'Wer diesen Code hat, kann bis {when} beitreten.',
    copy: 'Code kopieren',
    copyLink: 'Link kopieren',
    share: 'Teilen …',
    shareText: 'Komm in mein Team {team} für {title}.',
    copied: 'Code kopiert',
    linkCopied: 'Link kopiert',
    notCopied: 'Kopieren ist hier nicht erlaubt. Markiere den Code und kopiere ihn selbst.',
    full: 'Dein Team ist voll, es kann niemand mehr beitreten.',
    locked: 'Die Teams stehen seit {when} fest, es kann niemand mehr beitreten.',
  },
} satisfies Translation<typeof en>;
