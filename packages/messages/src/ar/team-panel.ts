import type { teamPanel as en } from '../en/team-panel.js';
import type { Translation } from '../en/translation.js';

export const teamPanel = {
  title: 'فريقك',
  view: 'عرض الفريق',
  manage: 'إدارة الفريق',
  find: {
    title: 'المشاركة هنا ضمن فريق',
    text: 'أنشئ فريقًا وشارك رمزه، أو انضم إلى فريق بالرمز الذي وصلك. قائد الفريق هو من يسجّل الجميع.',
    create: 'إنشاء فريق',
    join: 'الانضمام برمز',
    locked: 'ثُبّتت الفرق منذ {when}، فلا يمكن إنشاء فريق أو الانضمام إليه.',
  },
  action: {
    takes:
      'بهذا تسجّل جميع أعضاء فريقك، وتشغلون {seats, plural, zero {# مقعد} one {مقعدًا واحدًا} two {مقعدين} few {# مقاعد} many {# مقعدًا} other {# مقعد}}.',
    applies:
      'بهذا تقدّم طلبًا عن جميع أعضاء فريقك، وستشغلون {seats, plural, zero {# مقعد} one {مقعدًا واحدًا} two {مقعدين} few {# مقاعد} many {# مقعدًا} other {# مقعد}}.',
    notEnough:
      '{left, plural, =0 {لم يبقَ أي مقعد.} zero {لم يبقَ أي مقعد.} one {بقي مقعد واحد فقط، وفريقك يحتاج إلى {seats, number}.} two {بقي مقعدان فقط، وفريقك يحتاج إلى {seats, number}.} few {بقيت # مقاعد فقط، وفريقك يحتاج إلى {seats, number}.} many {بقي # مقعدًا فقط، وفريقك يحتاج إلى {seats, number}.} other {بقي # مقعد فقط، وفريقك يحتاج إلى {seats, number}.}}',
    first: 'سيكون فريقك الأول في قائمة الانتظار.',
    position: 'سيكون رقم فريقك {position, number} في قائمة الانتظار.',
    automatic: 'متى توفرت مقاعد تكفيكم جميعًا حصلتم عليها تلقائيًا.',
    hold: 'متى توفرت مقاعد تكفيكم جميعًا احتفظنا بها {unit, select, days {{count, plural, zero {# يوم} one {يومًا واحدًا} two {يومين} few {# أيام} many {# يومًا} other {# يوم}}} other {{count, plural, zero {# ساعة} one {ساعة واحدة} two {ساعتين} few {# ساعات} many {# ساعة} other {# ساعة}}}} وطلبنا منك تأكيدها.',
    confirm:
      '{seats, plural, zero {أكّد المقاعد} one {أكّد المقعد} two {أكّد المقعدين} few {أكّد # مقاعد} many {أكّد # مقعدًا} other {أكّد # مقعد}}',
    captain: 'قائد فريقكم <name>{captain}</name> هو من يسجّل الفريق.',
    captainApplies: 'قائد فريقكم <name>{captain}</name> هو من يقدّم طلب الفريق.',
  },
  refused: {
    DISABLED: 'حساب <name>{member}</name> معطّل. أزله من الفريق لتتابعوا من دونه.',
    STAFF: '<name>{member}</name> ضمن طاقم هذه المسابقة ولا يمكنه المشاركة.',
    EMAIL_NOT_VERIFIED: 'على <name>{member}</name> تأكيد عنوان البريد أولًا.',
    ANSWERS_MISSING: 'على <name>{member}</name> الإجابة عن أسئلة الأعضاء أولًا.',
    full: 'لا تكفي المقاعد لفريقك كاملًا. يمكنكم الانضمام إلى قائمة الانتظار.',
  },
  mine: {
    registered: 'فريقك مسجّل',
    wasRegistered: 'كان فريقك مسجّلًا',
    gotNoSeat: 'لم تشغر مقاعد لفريقك',
    waitlisted: 'رقم فريقك {position} في قائمة الانتظار',
    applied: 'قدّم فريقك طلبًا',
    held: '{seats, plural, zero {لا مقاعد محفوظة لفريقك} one {مقعد واحد محفوظ لفريقك} two {مقعدان محفوظان لفريقك} few {# مقاعد محفوظة لفريقك} many {# مقعدًا محفوظة لفريقك} other {# مقعد محفوظة لفريقك}}',
    team: '<name>{team}</name>، {count, number} من {max, plural, zero {# عضو} one {عضو واحد} two {عضوين} few {# أعضاء} many {# عضوًا} other {# عضو}}',
    confirming: 'حُجزت مقاعدكم، وسيصل التأكيد إلى رسائل كل منكم.',
    confirmed: 'تأكّدت مقاعدكم. يجد كل منكم التفاصيل في رسائله.',
    promoted: 'شغرت مقاعد وأصبحت لكم. يجد كل منكم رسالة بذلك في رسائله.',
    waiting: 'متى توفرت مقاعد تكفيكم جميعًا حصل عليها فريقك تلقائيًا، وتصل رسالة إلى كل منكم.',
    waitingHold:
      'متى توفرت مقاعد تكفيكم جميعًا احتفظنا بها وأرسلنا رسالة إلى كل منكم، وتصبح لكم حين يؤكدها قائد الفريق.',
    noMorePromotions: 'أُغلق التسجيل، فلم تعد قائمة الانتظار تتقدم.',
    appliedText: 'المنظّم هو من يقرر من يشارك، وتصل رسالة إلى كل منكم فور صدور القرار.',
    heldText: 'أكّد حتى {when}، وإلا ذهبت المقاعد إلى آخرين.',
    heldCaptain: 'على قائد فريقكم <name>{captain}</name> التأكيد حتى {when}، وإلا ذهبت المقاعد إلى آخرين.',
  },
  ended: {
    title: 'كان فريقك أصغر من المطلوب',
    text: 'كان أعضاؤه أقل من {min, plural, zero {# عضو} one {عضو واحد} two {عضوين} few {# أعضاء} many {# عضوًا} other {# عضو}} عند تثبيت الفرق في {when}، فانتهى تسجيله.',
  },
} satisfies Translation<typeof en>;
