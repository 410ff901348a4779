import type { acts as en } from '../en/acts.js';
import type { Translation } from '../en/translation.js';

export const acts = {
  label: 'لا يزال بالإمكان التراجع',
  removal:
    '{count, plural, zero {لن يُزال أحد} one {ستتم إزالة شخص واحد} two {ستتم إزالة شخصين} few {ستتم إزالة # أشخاص} many {ستتم إزالة # شخصًا} other {ستتم إزالة # شخص}}',
  cancellation:
    '{count, plural, zero {أُغلقت المسابقة} one {أُغلقت المسابقة. ستصل رسالة إلى شخص واحد} two {أُغلقت المسابقة. ستصل رسالة إلى شخصين} few {أُغلقت المسابقة. ستصل رسالة إلى # أشخاص} many {أُغلقت المسابقة. ستصل رسالة إلى # شخصًا} other {أُغلقت المسابقة. ستصل رسالة إلى # شخص}}',
  announcement:
    '{count, plural, zero {لن يصل الإعلان إلى أحد} one {سيصل الإعلان إلى شخص واحد} two {سيصل الإعلان إلى شخصين} few {سيصل الإعلان إلى # أشخاص} many {سيصل الإعلان إلى # شخصًا} other {سيصل الإعلان إلى # شخص}}',
  in: 'بعد {seconds} ث',
  soon: 'بعد لحظات',
  by: 'بواسطة {name}',
  running: 'بدأ التنفيذ ولم يعد التراجع ممكنًا',
  undo: 'تراجع',
  announceRemoval:
    '{count, plural, zero {لن يُزال أحد} one {ستتم إزالة شخص واحد} two {ستتم إزالة شخصين} few {ستتم إزالة # أشخاص} many {ستتم إزالة # شخصًا} other {ستتم إزالة # شخص}} بعد {seconds} ثوانٍ. يمكنك التراجع حتى ذلك الحين.',
  announceCancellation: 'أُغلق التسجيل، وستصل رسالة إلى كل المسجلين بعد {seconds} ثوانٍ. يمكنك التراجع حتى ذلك الحين.',
  announceAnnouncement:
    '{count, plural, zero {لن يصل إعلانك إلى أحد} one {سيصل إعلانك إلى شخص واحد} two {سيصل إعلانك إلى شخصين} few {سيصل إعلانك إلى # أشخاص} many {سيصل إعلانك إلى # شخصًا} other {سيصل إعلانك إلى # شخص}} بعد {seconds} ثوانٍ. يمكنك التراجع حتى ذلك الحين.',
  undoneRemoval: 'تم التراجع. لم يُزل أحد.',
  undoneCancellation: 'تم التراجع. المسابقة مفتوحة كما كانت ولم تصل رسالة إلى أحد.',
  undoneAnnouncement: 'تم التراجع. لم يصل الإعلان إلى أحد، وعاد مسودة.',
} satisfies Translation<typeof en>;
