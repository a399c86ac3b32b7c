import { h, hiddenText } from './dom.js';
import { count, plural, sentence } from './format.js';

/** The categories as a row of switches; one at a time, pressing the pressed one again shows everything. */
export function categoryChips({ list, known: isKnown }, chosen, onChoose) {
  const shown = list.some(category => category.name === chosen) || !chosen
    ? list
    : [...list, { name: chosen, count: null }]; // a shared link may name a category that is gone
  if (shown.length === 0) return isKnown ? null : h('div', { class: 'chips', 'aria-hidden': 'true' }, h('span', { class: 'chip-space' }));
  return h('div', { class: 'chips', role: 'group', 'aria-label': 'Category' },
    chip('All', null, !chosen, () => onChoose(null)),
    shown.map(category => chip(sentence(category.name), category.count, category.name === chosen,
      () => onChoose(category.name === chosen ? null : category.name), category.name)));
}

function chip(text, pieces, pressed, onClick, name = '') {
  return h('button', { class: 'chip', type: 'button', 'aria-pressed': String(pressed), 'data-chip': name, onclick: onClick },
    text,
    pieces !== null && h('span', { class: 'chip-count', 'aria-hidden': 'true' }, count(pieces)),
    pieces !== null && hiddenText(` (${plural(pieces, 'piece', 'pieces')})`));
}
