import type { questions as en } from '../en/questions.js';
import type { Translation } from '../en/translation.js';

export const questions = {
  title: 'بعض الأسئلة',
  text: 'يطرح المنظّم هذه الأسئلة. لا يقرأ إجاباتك سوى فريق هذه المسابقة وأنت.',
  textTeam: 'يطرح المنظّم هذه الأسئلة على فريقك. لا يقرأ الإجابات سوى طاقم المسابقة وفريقك.',
  choose: 'اختر واحدًا',
  none: 'بلا إجابة',
  yes: 'نعم',
  no: 'لا',
  optional: 'اختياري',
  given: 'تمت الموافقة',
  notGiven: 'لم تتم الموافقة',
  agreedTo: 'تمت الموافقة على: {text}',
  deleted: 'لم يعد يُسأل',
  newTab: 'يُفتح في نافذة جديدة',
  needAttention:
    '{count, plural, zero {لا إجابات تحتاج} one {إجابة واحدة تحتاج} two {إجابتان تحتاجان} few {# إجابات تحتاج} many {# إجابة تحتاج} other {# إجابة تحتاج}} إلى انتباهك',
  changed: 'تغيّرت الأسئلة. ما أدخلته ما زال هنا: راجعه وحاول مرة أخرى.',
  team: 'إجابات الفريق',
  asMember: 'إجاباتك كعضو',
  mine: {
    title: 'إجاباتك',
    loading: 'جارٍ تحميل إجاباتك…',
    failed: 'تعذّر تحميل إجاباتك.',
    change: 'تغيير الإجابات',
    save: 'حفظ الإجابات',
    saving: 'جارٍ الحفظ…',
    saved: 'حُفظت الإجابات',
    cancel: 'إلغاء',
    nothing: 'لم تجب عن أي سؤال.',
    until: 'يمكنك تغييرها حتى إغلاق التسجيل.',
    closed: 'أُغلق التسجيل، لذلك لم يعد تغييرها ممكنًا.',
    untilFixed: 'يمكنك تغييرها إلى أن تُثبَّت الفرق.',
    fixed: 'ثُبّتت الفرق، فلم يعد بالإمكان تغييرها.',
  },
  staff: {
    show: 'عرض الإجابات',
    dialog: 'إجابات {name}',
    summary: 'الإجابات',
    nobody: 'لم يجب أحد بعد',
    answered:
      '{count, plural, zero {لا إجابات} one {إجابة واحدة} two {إجابتان} few {# إجابات} many {# إجابة} other {# إجابة}}',
    filtered: 'فقط من أجاب «{answer}» عن «{question}»',
    all: 'عرض الجميع',
  },
} satisfies Translation<typeof en>;
