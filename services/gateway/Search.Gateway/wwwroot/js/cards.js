import { h, hiddenText, icon } from './dom.js';
import { carryPiece } from './drag-piece.js';
import { attributesOf, attributeText, percent, plural, price, sentence, titleOf, words } from './format.js';
import { mainPicture, picture } from './picture.js';
import { addressOf, emptyView } from './route.js';

const shownAttributes = 3;
// The first row is on screen at once; the rest waits for the reader to scroll.
const eagerCards = 4;

const addressOfPiece = id => addressOf({ ...emptyView, kind: 'item', id });

/** A search result: what it is, how alike it is, and a way on. */
export function resultCard(result, position) {
  const item = result.item ?? {};
  const alike = percent(result.score);
  const folded = result.duplicates?.length ?? 0;
  const meter = h('span', { class: 'likeness-bar' });
  meter.style.setProperty('--likeness', alike / 100);

  const card = h('li', { class: 'card', 'data-piece': result.itemId, 'data-category': item.category },
    frame(result.itemId, item, position, folded > 0 && h('span', { class: 'folded' },
      icon('layers'), h('span', { 'aria-hidden': 'true' }, `+${folded}`), hiddenText(plural(folded, 'more image folded in', 'more images folded in')))),
    h('p', { class: 'likeness', title: `Cosine similarity ${result.score.toFixed(4)}` },
      meter,
      h('span', { 'aria-hidden': 'true' }, `${alike} %`), hiddenText(`${alike} percent alike`)),
    description(item),
    onward(result.itemId, item, 'More like this'),
    why(result));
  return card;
}

/** A piece of the collection before anything was searched: the picture itself is the invitation. */
export function browseCard(item, position) {
  return h('li', { class: 'card', 'data-piece': item.id, 'data-category': item.category },
    frame(item.id, item, position, null),
    description(item),
    onward(item.id, item, 'Find similar'));
}

export const skeletonCard = () => h('li', { class: 'card skeleton', 'aria-hidden': 'true' },
  h('div', { class: 'picture' }), h('span', { class: 'line short' }), h('span', { class: 'line' }), h('span', { class: 'line short' }));

function frame(id, item, position, badge) {
  const shown = picture(mainPicture(id, item), titleOf({ id, ...item }), { eager: position < eagerCards });
  carryPiece(shown, id);
  return h('div', { class: 'card-picture' }, shown, badge);
}

function description(item) {
  // "stone: none" is worth filtering by, but says nothing on a card.
  const attributes = attributesOf(item).filter(([, value]) => value !== 'none').slice(0, shownAttributes).map(attributeText).join(' · ');
  const amount = price(item);
  return h('div', { class: 'card-text' },
    item.category && h('p', { class: 'eyebrow' }, words(item.category)),
    h('h3', {}, titleOf(item)),
    attributes && h('p', { class: 'muted small' }, attributes),
    amount && h('p', { class: 'price' }, hiddenText('Price '), amount));
}

// The link covers the whole picture and text, so the card is one target for a finger and one stop for a keyboard.
const onward = (id, item, text) => h('a', { class: 'onward', href: addressOfPiece(id), 'data-similar': id },
  h('span', {}, text), hiddenText(`: ${titleOf({ id, ...item })}`), icon('arrow'));

function why(result) {
  const rules = result.explain ?? [];
  const folded = result.duplicates ?? [];
  return h('details', { class: 'why' },
    h('summary', {}, 'Why this result', hiddenText(`: ${titleOf({ id: result.itemId, ...result.item })}`)),
    h('div', { class: 'why-text' },
      h('p', {}, `Cosine similarity ${result.score.toFixed(4)} between the two pictures.`),
      rules.length > 0 && h('dl', {}, rules.flatMap(rule => [
        h('dt', {}, `${sentence(rule.rule)}: ${words(rule.effect)}`),
        rule.detail && h('dd', {}, rule.detail)])),
      folded.length > 0 && h('ul', {}, folded.map(other => foldedLine(other, result.itemId))),
      attributesOf(result.item ?? {}).length > 0 && h('p', { class: 'muted' },
        attributesOf(result.item).map(([name, value]) => `${sentence(name)}: ${value}`).join(', '))));
}

function foldedLine(other, itemId) {
  const what = `${sentence(other.reason || 'folded in')}, ${percent(other.score)} %`;
  return h('li', {}, other.itemId === itemId ? what : h('a', { href: addressOfPiece(other.itemId), 'data-similar': other.itemId }, `${what}: ${other.itemId}`));
}
