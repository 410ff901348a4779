/** What a person did before React attached its handlers, which would be lost otherwise. */
export interface EarlyInput {
  readonly values: Map<EventTarget, string | boolean>;
  pressed: Element | null;
}

declare global {
  interface Window {
    earlyInput?: EarlyInput;
  }
}

/** On elements that React does not handle yet: `useEarlyInput` removes it. */
export const EARLY = { 'data-early': '' };

/** Its source is sent to the browser on its own, so it must not use anything outside of it. */
export function recordEarlyInput(): void {
  const early: EarlyInput = { values: new Map(), pressed: null };
  window.earlyInput = early;
  const record = ({ target }: Event) => {
    if (!(target instanceof HTMLElement && target.hasAttribute('data-early'))) return;
    if (target instanceof HTMLInputElement && /checkbox|radio/.test(target.type))
      early.values.set(target, target.checked);
    else if ('value' in target) early.values.set(target, String(target.value));
  };
  // Enter in a field clicks the button of its form. Only forms that are sent by scripts have the method `post`.
  const hold = (event: Event) => {
    const button = event.target instanceof Element && event.target.closest<HTMLButtonElement>('button[data-early]');
    if (!button || (button.type === 'submit' && button.form?.method === 'get')) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    button.setAttribute('data-held', '');
    early.pressed = button;
  };
  window.addEventListener('input', record, true);
  window.addEventListener('click', hold, true);
}
