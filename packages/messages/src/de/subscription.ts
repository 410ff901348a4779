import type { subscription as en } from '../en/subscription.js';
import type { Translation } from '../en/translation.js';

export const subscription = {
  title: 'Ankündigungen per E-Mail',
  question: 'Ankündigungen abbestellen?',
  text: 'Du bekommst dann keine Ankündigungen zu <b>{title}</b> mehr. Nachrichten zu deiner eigenen Anmeldung kommen weiterhin.',
  confirm: 'Abbestellen',
  keep: 'Weiter bekommen',
  doneTitle: 'Abbestellt',
  done: 'Du bekommst keine Ankündigungen zu <b>{title}</b> mehr.',
  undo: 'Wieder abonnieren',
  undoneTitle: 'Wieder abonniert',
  undone: 'Du bekommst die Ankündigungen zu <b>{title}</b>.',
  view: 'Wettbewerb ansehen',
  invalidTitle: 'Dieser Link funktioniert nicht',
  invalid: 'Vielleicht ist er unvollständig. Nimm den Link aus deiner neuesten E-Mail.',
  toHome: 'Wettbewerb finden',
} satisfies Translation<typeof en>;
