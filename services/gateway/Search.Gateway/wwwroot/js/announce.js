import { byId } from './dom.js';

/** Says something to a screen reader without moving the focus. */
export function announce(text) {
  const region = byId('announcer');
  // The same sentence twice is spoken twice only if the region was empty in between.
  region.textContent = '';
  requestAnimationFrame(() => { region.textContent = text; });
}
