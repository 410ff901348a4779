import type { team as en } from '../en/team.js';
import type { Translation } from '../en/translation.js';

export const team = {
  captain: 'قائد الفريق',
  you: 'أنت',
  members: 'الأعضاء',
  count:
    '{count, number} من {max, plural, zero {# عضو} one {عضو واحد} two {عضوين} few {# أعضاء} many {# عضوًا} other {# عضو}}',
  missing:
    'ما زال الفريق بحاجة إلى {count, plural, zero {# عضو} one {عضو واحد} two {عضوين} few {# أعضاء} many {# عضوًا} other {# عضو}} على الأقل.',
  below: {
    title:
      '{count, plural, zero {فريقك مكتمل} one {ينقص فريقك عضو واحد} two {ينقص فريقك عضوان} few {ينقص فريقك # أعضاء} many {ينقص فريقك # عضوًا} other {ينقص فريقك # عضو}}',
    text: 'لا يقلّ الفريق عن {min, plural, zero {# عضو} one {عضو واحد} two {عضوين} few {# أعضاء} many {# عضوًا} other {# عضو}}. إن لم ينضم أحد حتى {when} انتهى تسجيل فريقك.',
  },
  tooSmall: 'ثُبّتت الفرق، وعدد أعضاء فريقك لا يكفي للتسجيل.',
  ineligible: {
    DISABLED: 'هذا الحساب معطّل',
    STAFF: 'ضمن طاقم هذه المسابقة',
    EMAIL_NOT_VERIFIED: 'لم يُؤكَّد عنوان البريد بعد',
    ANSWERS_MISSING: 'الإجابات ناقصة',
  },
  mine: {
    EMAIL_NOT_VERIFIED: '<link>أكّد عنوان بريدك</link>',
    ANSWERS_MISSING: '<link>أجب عن الأسئلة</link>',
  },
  code: {
    title: 'ادعُ أعضاء',
    label: 'رمز الانضمام',
    until: 'يستطيع كل من لديه هذا الرمز الانضمام حتى {when}.',
    copy: 'نسخ الرمز',
    copyLink: 'نسخ الرابط',
    share: 'مشاركة…',
    shareText: 'انضم إلى فريقي {team} في {title}.',
    copied: 'نُسخ الرمز',
    linkCopied: 'نُسخ الرابط',
    notCopied: 'النسخ غير مسموح هنا. حدّد الرمز وانسخه بنفسك.',
    full: 'فريقك مكتمل، فلا يمكن لأحد آخر الانضمام.',
    locked: 'ثُبّتت الفرق منذ {when}، فلا يمكن لأحد آخر الانضمام.',
  },
} satisfies Translation<typeof en>;
