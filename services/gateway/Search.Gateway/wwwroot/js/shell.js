import { byId, h } from './dom.js';

/** The frame both views fill: a heading, chips under it, and a body that is replaced while loading. */
export function fill({ title, level, note = null, back = false, chips = null, body, busy = false }) {
  const pieces = byId('pieces');
  const held = heldControl();
  pieces.setAttribute('aria-busy', String(busy));
  pieces.replaceChildren(...[
    h('div', { class: 'pieces-head' },
      back && h('a', { class: 'back', href: './', 'data-home': true }, 'The whole collection'),
      h(level, { id: 'pieces-title', tabindex: '-1' }, title),
      note && h('p', { class: 'timings muted small' }, note)),
    chips,
    ...body,
  ].filter(Boolean));
  restoreControl(held);
}

export function fillQuery(...panels) {
  const held = heldControl();
  const aside = byId('query');
  aside.replaceChildren(...panels.filter(Boolean));
  aside.hidden = panels.length === 0;
  restoreControl(held);
}

export const focusTitle = () => byId('pieces-title')?.focus({ preventScroll: true });

// Drawing anew must not throw a keyboard user out of the chip or field they are using.
const names = ['control', 'chip'];

function heldControl() {
  const element = document.activeElement;
  const name = names.find(n => element?.dataset?.[n] !== undefined);
  return name ? { name, value: element.dataset[name] } : null;
}

function restoreControl(held) {
  if (!held || document.activeElement !== document.body) return;
  [...document.querySelectorAll(`[data-${held.name}]`)].find(e => e.dataset[held.name] === held.value)?.focus({ preventScroll: true });
}
