import { announce } from './announce.js';
import * as api from './api.js';
import { resultCard } from './cards.js';
import { categoryChips } from './chips.js';
import { h } from './dom.js';
import { nothingFound } from './empty.js';
import { Facets } from './facets.js';
import { milliseconds, percent, plural, titleOf } from './format.js';
import { skeletonGrid } from './gallery.js';
import { photoById } from './photos.js';
import { photoPanel, piecePanel } from './query-panel.js';
import { refineForm } from './refine.js';
import * as route from './route.js';
import { fill, fillQuery } from './shell.js';

const answers = new Map();
const pieceFacts = new Map();
const facetsOf = new Map();
const mostKept = 30;

/** The pieces most like a photo or like another piece. */
export async function showSearch({ view, key, signal, categories, refresh, onCrop }) {
  const photo = view.kind === 'photo' ? photoById(view.id) : null;
  const facets = remembered(facetsOf, `${view.kind} ${view.id}`, () => new Facets());
  const amend = next => {
    route.amend(next);
    refresh();
  };
  const cleared = { ...view, category: null, attributes: {}, price: {} };
  const isFiltered = api.filterOf(view) !== null;
  const panel = piece => fillQuery(
    photo ? photoPanel(photo, () => onCrop(photo)) : piece && piecePanel(piece),
    refineForm(view, facets, amend));
  const draw = (body, note, busy) => fill({
    title: 'Most similar pieces',
    level: 'h1',
    back: true,
    note,
    chips: categoryChips(categories, view.category, category => amend({ ...view, category })),
    body,
    busy,
  });

  panel(pieceFacts.get(view.id));
  const known = answers.get(key);
  if (!known) draw([skeletonGrid(Math.min(12, view.k))], null, true);
  const [answer, piece] = known
    ? [known, pieceFacts.get(view.id)]
    : await Promise.all([ask(view, photo, signal), photo ? null : factsOf(view.id, signal), categories.load()]);
  if (signal.aborted) return;

  keep(answers, key, answer);
  facets.learn(answer.results);
  panel(piece);
  document.title = `${piece ? `Like ${titleOf(piece)}` : 'Like your photo'} · Jewelry Search`;
  const found = answer.results;
  draw(
    [found.length > 0
      ? h('ul', { class: 'grid' }, found.map(resultCard))
      : nothingFound(isFiltered ? () => amend(cleared) : null)],
    summary(answer),
    false);
  if (!known) announce(spoken(found));
}

const ask = (view, photo, signal) => photo
  ? api.searchByPhoto(photo.blob, photo.name, view, signal)
  : api.similarTo(view.id, view, signal);

async function factsOf(id, signal) {
  if (!pieceFacts.has(id)) keep(pieceFacts, id, await api.item(id, signal));
  return pieceFacts.get(id);
}

function spoken(found) {
  if (found.length === 0) return 'No piece matches.';
  const [best] = found;
  return `${plural(found.length, 'similar piece', 'similar pieces')}. Closest: ${titleOf(best.item ?? best)}, ${percent(best.score)} percent alike.`;
}

function summary({ results, timings = {}, model }) {
  const parts = [['decode', timings.decodeMs], ['embed', timings.embedMs], ['search', timings.searchMs], ['re-rank', timings.rerankMs]]
    .filter(([, time]) => typeof time === 'number')
    .map(([name, time]) => `${name} ${milliseconds(time)}`);
  const total = milliseconds(timings.totalMs);
  return [
    plural(results.length, 'piece', 'pieces') + (total ? ` in ${total}` : ''),
    parts.length > 0 && h('span', { class: 'timings-parts' }, ` (${parts.join(', ')})`),
    model && h('span', { class: 'timings-parts', title: model }, ` · ${model.split('+')[0]}`),
  ];
}

function remembered(map, key, create) {
  if (!map.has(key)) keep(map, key, create());
  return map.get(key);
}

function keep(map, key, value) {
  map.set(key, value);
  if (map.size > mostKept) map.delete(map.keys().next().value);
}
