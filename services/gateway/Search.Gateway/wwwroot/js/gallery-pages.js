import { items } from './api.js';

const pageSize = 24;
// Beyond this a page would cost more requests than it has rows.
const mostMixed = 12;

/** One category, or everything, in the catalogue's own order. */
function inOrder(category, limit) {
  let after = null;
  let isDone = false;
  return {
    get isDone() { return isDone; },
    async next(signal) {
      const page = await items({ category, after, limit }, signal);
      after = page.next ?? null;
      isDone = after === null;
      return page.items;
    },
  };
}

/** A few of each category in turn: a shop window, where the catalogue's own order would show one category after the other. */
function mixed(categories) {
  const each = Math.ceil(pageSize / categories.length);
  let open = categories.map(category => inOrder(category.name, each));
  return {
    get isDone() { return open.length === 0; },
    async next(signal) {
      const shelves = await Promise.all(open.map(shelf => shelf.next(signal)));
      open = open.filter(shelf => !shelf.isDone);
      return Array.from({ length: each }, (_, row) => shelves.map(shelf => shelf[row])).flat().filter(Boolean);
    },
  };
}

export function galleryPages(category, categories) {
  const canMix = !category && categories.length > 1 && categories.length <= mostMixed;
  return canMix ? mixed(categories) : inOrder(category, pageSize);
}
