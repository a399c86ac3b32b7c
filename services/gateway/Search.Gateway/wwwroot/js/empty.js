import { h, icon } from './dom.js';

export const emptyCollection = () => h('div', { class: 'state' },
  icon('gem'),
  h('h3', {}, 'The collection is still empty'),
  h('p', {}, 'Start the service with a folder of photographs. Each folder inside it becomes a category.'),
  h('pre', {}, h('code', {}, './run.sh --catalog DIR')),
  h('p', { class: 'muted small' }, 'Pieces appear here as soon as the first ones are imported.'));

export const emptyCategory = onAll => h('div', { class: 'state' },
  icon('gem'),
  h('h3', {}, 'Nothing in this category yet'),
  h('div', { class: 'state-actions' }, h('button', { class: 'secondary', type: 'button', onclick: onAll }, 'Show all pieces')));

export const nothingFound = onClear => h('div', { class: 'state' },
  icon('gem'),
  h('h3', {}, 'No piece matches'),
  h('p', {}, onClear ? 'The filters leave nothing over.' : 'There is nothing in the collection to compare with yet.'),
  onClear && h('div', { class: 'state-actions' }, h('button', { class: 'secondary', type: 'button', onclick: onClear }, 'Clear all filters')));
