import { announce } from './announce.js';
import { categoryChips } from './chips.js';
import { emptyCategory, emptyCollection } from './empty.js';
import { plural, sentence } from './format.js';
import { galleryPages } from './gallery-pages.js';
import { Gallery, skeletonGrid } from './gallery.js';
import * as route from './route.js';
import { fill, fillQuery } from './shell.js';

// A gallery keeps the pages it has loaded, so Back finds all of them again.
const galleries = new Map();

/** The collection before any search. */
export async function showBrowse({ view, key, signal, categories, refresh, fail }) {
  fillQuery();
  document.title = view.category ? `${sentence(view.category)} · Jewelry Search` : 'Jewelry Search';
  const choose = category => {
    route.go({ ...route.emptyView, category });
    refresh();
  };
  const all = () => categories.list.reduce((sum, category) => sum + category.count, 0);
  const draw = (body, busy) => fill({
    title: view.category ? sentence(view.category) : 'The collection',
    level: 'h2',
    note: categories.list.length > 0 ? `${plural(pieces(view, categories, all), 'piece', 'pieces')}. Choose one to see what is like it.` : null,
    chips: categoryChips(categories, view.category, choose),
    body,
    busy,
  });

  const known = galleries.get(key);
  if (known) {
    draw(known.elements, false);
    return;
  }

  draw([skeletonGrid(12)], true);
  await categories.load();
  if (signal.aborted) return;
  draw([skeletonGrid(12)], true);
  const gallery = new Gallery(galleryPages(view.category, categories.list), fail);
  const shown = await gallery.open(signal);
  if (signal.aborted) return;
  if (shown === 0) {
    draw([view.category ? emptyCategory(() => choose(null)) : emptyCollection()], false);
    return;
  }
  galleries.set(key, gallery);
  draw(gallery.elements, false);
  if (view.category) announce(`${sentence(view.category)}: ${plural(pieces(view, categories, all), 'piece', 'pieces')}`);
}

const pieces = (view, categories, all) => view.category
  ? categories.list.find(category => category.name === view.category)?.count ?? 0
  : all();

/** True while the gallery has room that newly imported pieces could fill. */
export const hasRoom = key => galleries.get(key)?.isShort ?? true;

export const forgetGalleries = () => galleries.clear();
