import type { teamList as en } from '../en/team-list.js';
import type { Translation } from '../en/translation.js';

export const teamList = {
  metaTitle: 'فرق {title}',
  text: 'كل الفرق التي أُنشئت، حتى التي لم تُسجَّل بعد.',
  searchLabel: 'البحث بالفريق أو الاسم أو البريد الإلكتروني',
  search: 'بحث',
  placeholder: 'الفريق أو الاسم أو البريد',
  count: '{count, plural, zero {لا فرق} one {فريق واحد} two {فريقان} few {# فرق} many {# فريقًا} other {# فريق}}',
  countMany: 'أكثر من 10,000 فريق',
  found:
    'نتائج البحث عن «{search}»: {count, plural, zero {لا فرق} one {فريق واحد} two {فريقان} few {# فرق} many {# فريقًا} other {# فريق}}',
  showAll: 'عرض كل الفرق',
  caption: 'فرق {title}',
  team: 'الفريق',
  members: '{count, plural, zero {لا أعضاء} one {عضو واحد} two {عضوان} few {# أعضاء} many {# عضوًا} other {# عضو}}',
  membersHead: 'الأعضاء',
  captain: 'القائد',
  status: 'الحالة',
  created: 'وقت الإنشاء',
  unregistered: 'غير مسجّل',
  registered: 'مسجّل',
  held: 'بانتظار التأكيد',
  waitlisted: 'قائمة الانتظار',
  applied: 'قدّم طلبًا',
  emptyTitle: 'لا فرق بعد',
  emptyText: 'تظهر الفرق هنا فور إنشائها.',
  noMatchTitle: 'لا نتائج',
  noMatchText: 'يكفي جزء من الاسم أو من عنوان البريد.',
} satisfies Translation<typeof en>;
