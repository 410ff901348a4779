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
  const hold = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const pressed = event.target instanceof Element && event.target.closest('button[data-early], a[data-early]');
    if (!pressed) return;
    if (pressed instanceof HTMLButtonElement && pressed.type === 'submit' && pressed.form?.method === 'get') return;
    event.preventDefault();
    event.stopImmediatePropagation();
    pressed.setAttribute('data-held', '');
    early.pressed = pressed;
  };
  window.addEventListener('input', record, true);
  window.addEventListener('click', hold, true);
}
