import type { Translation } from '../en/translation.js';
import type { validation as en } from '../en/validation.js';

export const validation = {
  required: 'Bitte fülle dieses Feld aus.',
  invalid: 'Dieser Wert ist ungültig.',
  unknownField: 'Unbekanntes Feld.',
  email: 'Gib eine E-Mail-Adresse wie name@example.com ein.',
  dateTime: 'Gib Datum und Uhrzeit ein.',
  uuid: 'Das ist keine gültige ID.',
  minLength: 'Mindestens {count, plural, one {# Zeichen} other {# Zeichen}}.',
  maxLength: 'Höchstens {count, plural, one {# Zeichen} other {# Zeichen}}.',
  minNumber: 'Gib {minimum, number} oder mehr ein.',
  maxNumber: 'Gib höchstens {maximum, number} ein.',
  wholeNumber: 'Gib eine ganze Zahl ein.',
  maxItems: 'Höchstens {count, plural, one {# Eintrag} other {# Einträge}}.',
  oneOf: 'Wähle eins davon: {options}.',
  rule: {
    singleLine: 'Nur eine Zeile einfacher Text.',
    noControlCharacters: 'Entferne die Steuerzeichen.',
    years: 'Gib ein Datum zwischen 1970 und 9999 ein.',
    tag: 'Nur Buchstaben, Ziffern und einzelne Bindestriche.',
    nothingToChange: 'Es gibt nichts zu ändern.',
    currentPassword: 'Gib dein aktuelles Passwort ein, um ein neues zu setzen.',
    deadlineAfterOpening: 'Die Anmeldung muss nach ihrer Öffnung schließen.',
    deadlineInFuture: 'Der Anmeldeschluss muss in der Zukunft liegen.',
    startAfterDeadline: 'Der Wettbewerb kann nicht vor dem Anmeldeschluss beginnen.',
    endNeedsStart: 'Gib zuerst einen Beginn ein.',
    endAfterStart: 'Das Ende muss nach dem Beginn liegen.',
    cursor: 'Dieser Cursor gehört nicht zu dieser Liste.',
    timeZone: 'Gib eine Zeitzone wie Europe/Berlin ein.',
    pictureTooSmall: 'Wähle ein Bild, das mindestens 400 Pixel breit und 200 Pixel hoch ist.',
  },
} satisfies Translation<typeof en>;
