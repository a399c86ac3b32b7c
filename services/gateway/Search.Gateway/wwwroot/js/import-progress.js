import { status } from './api.js';
import { byId, h } from './dom.js';
import { count, plural } from './format.js';

const firstPause = 1500;
const longestPause = 30_000;
const growth = 1.6;

/**
 * Follows an import through /v1/status and tells the page when more pieces can be found. Asks less and less often while
 * nothing changes, and not at all once everything is in or while the page is hidden.
 */
export function followImport({ onGrown, onStatus }) {
  let pause = firstPause;
  let indexed = -1;
  let timer = 0;

  async function look() {
    clearTimeout(timer);
    if (document.hidden) return;
    let now;
    try {
      now = await status();
    } catch {
      // The search itself will say what is wrong; a missing progress line is no second alarm.
      schedule();
      return;
    }
    onStatus?.(now);
    if (!now.items) { // the catalogue does not answer just now
      schedule();
      return;
    }
    const { items } = now;
    const ready = items.indexed ?? 0;
    const open = Math.max(0, (items.total ?? 0) - ready - (items.failed ?? 0));
    show(ready, open, items.failed ?? 0);
    if (ready !== indexed) {
      pause = firstPause;
      if (indexed >= 0) onGrown(ready, open === 0);
      indexed = ready;
    }
    // An empty catalogue may be about to fill; a full one needs no more questions.
    if (open > 0 || ready === 0) schedule();
  }

  function schedule() {
    clearTimeout(timer);
    timer = setTimeout(look, pause);
    pause = Math.min(longestPause, pause * growth);
  }

  document.addEventListener('visibilitychange', () => { if (!document.hidden) look(); });
  look();
  return look;
}

function show(ready, open, failed) {
  const line = byId('progress');
  line.hidden = open === 0;
  if (open === 0) return;
  const total = ready + open;
  const bar = h('progress', { max: total, value: ready, 'aria-label': 'Import' });
  line.replaceChildren(bar, h('p', {},
    `The collection is being imported: ${count(ready)} of ${plural(total, 'piece', 'pieces')} can be found already.`,
    failed > 0 ? ` ${plural(failed, 'picture', 'pictures')} could not be read.` : null));
}
