import type { organizers as en } from '../en/organizers.js';
import type { Translation } from '../en/translation.js';

export const organizers = {
  title: 'مسابقات {name}',
  summary:
    '{count, plural, =0 {{name}: ينظّم مسابقات.} zero {{name}: لا مسابقات.} one {{name}: مسابقة واحدة.} two {{name}: مسابقتان.} few {{name}: # مسابقات.} many {{name}: # مسابقة.} other {{name}: # مسابقة.}}',
  summaryMany: '{name}: أكثر من 10,000 مسابقة.',
  label: 'المنظّم',
  links: 'روابط',
  ahead: 'المسابقات القادمة',
  past: 'المسابقات السابقة',
  emptyTitle: 'لا مسابقات عامة حاليًا',
  emptyText: 'تظهر المسابقات الجديدة هنا فور الإعلان عنها.',
  first: 'العودة إلى بداية القائمة',
  edit: 'تعديل هذه الصفحة',
} as const satisfies Translation<typeof en>;
