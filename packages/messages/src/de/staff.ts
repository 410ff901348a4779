import type { staff as en } from '../en/staff.js';
import type { Translation } from '../en/translation.js';

export const staff = {
  metaTitle: 'Organisationsteam von {title}',
  rolesTitle: 'Was die Rollen dürfen',
  roleText: {
    OWNER: 'Alles, auch das Organisationsteam ändern und den Wettbewerb löschen.',
    MANAGER: 'Wettbewerb bearbeiten und absagen, Angemeldete sehen und entfernen, Organisationsteam sehen.',
    REVIEWER: 'Bewerbungen bewerten, sobald dieser Wettbewerb welche annimmt.',
    SCANNER: 'Leute beim Check-in einlassen, wenn der Wettbewerb beginnt.',
  },
  members: {
    title: '{count, plural, one {# Person im Organisationsteam} other {# Personen im Organisationsteam}}',
    you: 'Du',
    since: 'Seit {when}',
    roleOf: 'Rolle von {name}',
    changed: '{name}: {role}',
    remove: 'Entfernen …',
    removeName: '{name} aus dem Organisationsteam entfernen',
    leave: 'Verlassen …',
  },
  ownRole: {
    title: 'Leitung abgeben?',
    text: 'Du kannst das Organisationsteam dann nicht mehr ändern. Nur jemand mit der Rolle Leitung kann sie dir zurückgeben.',
    confirm: 'Meine Rolle ändern',
  },
  remove: {
    title: '{name} aus dem Organisationsteam entfernen?',
    text: 'Der Zugang endet sofort, und die Person bekommt eine Nachricht. Von ihr verschickte Einladungen werden zurückgezogen.',
    confirm: 'Entfernen und benachrichtigen',
    done: '{name} gehört nicht mehr zum Organisationsteam.',
  },
  leave: {
    title: 'Organisationsteam verlassen?',
    text: 'Dein Zugang zu „{title}“ endet sofort. Um zurückzukommen, brauchst du eine neue Einladung.',
    confirm: 'Organisationsteam verlassen',
    done: 'Du gehörst nicht mehr zum Organisationsteam von „{title}“.',
  },
  invite: {
    title: 'Jemanden einladen',
    email: 'E-Mail',
    emailHelp: 'Ein Konto ist noch nicht nötig. Annehmen kann nur diese Adresse.',
    role: 'Rolle',
    submit: 'Einladung senden',
    sent: 'Die Einladung für {email} ist unterwegs.',
  },
  invitations: {
    title: '{count, plural, one {# offene Einladung} other {# offene Einladungen}}',
    expires: 'Gilt bis {when}',
    by: 'Eingeladen von <n>{name}</n>',
    copy: 'Link kopieren',
    copyFor: 'Link für {email} kopieren',
    copied: 'Link kopiert',
    resend: 'Erneut senden',
    resendTo: 'Einladung an {email} erneut senden',
    withdraw: 'Zurückziehen',
    withdrawFrom: 'Einladung an {email} zurückziehen',
    withdrawn: 'Die Einladung an {email} ist zurückgezogen.',
  },
  limited: {
    title: 'Deine Rolle: {role}',
    leave: 'Organisationsteam verlassen …',
    REVIEWER:
      'Mit dieser Rolle liest und bewertest du Bewerbungen. Für diesen Wettbewerb meldet man sich ohne Bewerbung an, deshalb gibt es gerade nichts zu bewerten.',
    SCANNER: 'Du checkst Leute am Eingang ein. Das geht mit jedem Handy, auch ohne Netz.',
    door: 'Leute einchecken',
    seeing: 'Du siehst den Wettbewerb wie alle anderen. Wenn sich deine Rolle ändert, bekommst du eine Nachricht.',
  },
} satisfies Translation<typeof en>;
