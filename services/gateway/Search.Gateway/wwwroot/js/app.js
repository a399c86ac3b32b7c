import { announce } from './announce.js';
import { forgetGalleries, hasRoom, showBrowse } from './browse-view.js';
import { Categories } from './categories.js';
import { chooseCrop } from './crop.js';
import { byId } from './dom.js';
import { failurePanel } from './failure.js';
import { followImport } from './import-progress.js';
import { startIntake } from './intake.js';
import { startKeyButton } from './key.js';
import { keepPhoto, photoById } from './photos.js';
import { Problem } from './problem.js';
import * as route from './route.js';
import { showSearch } from './search-view.js';
import { fill, fillQuery, focusTitle } from './shell.js';

const categories = new Categories();
let underWay = new AbortController();
let latestPhoto = 0;

/** Draws the view of the history entry in use; a newer call makes an older one stop where it is. */
async function refresh() {
  underWay.abort();
  underWay = new AbortController();
  const { signal } = underWay;
  if (route.entry.view.kind === 'photo' && !photoById(route.entry.view.id)) route.amend(route.emptyView); // lost by a reload
  const { view, key } = route.entry;
  document.documentElement.dataset.view = view.kind === 'browse' ? 'browse' : 'search';

  const context = { view, key, signal, categories, refresh, fail: show, onCrop: crop };
  try {
    await (view.kind === 'browse' ? showBrowse(context) : showSearch(context));
  } catch (error) {
    if (!signal.aborted) show(error);
  }
}

/** An error takes the place of the results; anything unforeseen is shown too, rather than a page that just stops. */
function show(error) {
  const problem = error instanceof Problem ? error : new Problem({ title: 'Something went wrong on this page', detail: error.message });
  if (!(error instanceof Problem)) console.error(error);
  if (route.entry.view.kind === 'item') fillQuery(); // nothing is known of it
  fill({ title: 'No answer', level: route.entry.view.kind === 'browse' ? 'h2' : 'h1', body: [failurePanel(problem, refresh)] });
}

async function open(view) {
  route.go(view);
  scrollTo(0, 0);
  const drawn = refresh();
  focusTitle();
  await drawn;
  // The heading was drawn anew with the answer; a reader who has moved on since is left alone.
  if (document.activeElement === document.body) focusTitle();
}

async function searchPhoto(file, cropped = null) {
  const turn = ++latestPhoto;
  announce('Searching');
  document.documentElement.classList.add('preparing'); // opening a large photo takes a phone a second
  try {
    const photo = await keepPhoto(file, cropped);
    if (turn !== latestPhoto) return; // a small photo chosen after a large one is ready before it
    document.documentElement.classList.remove('preparing');
    const { view } = route.entry;
    // Filters belong to a search: a crop refines the same one, a new photo starts afresh in the same category.
    const kept = cropped !== null || view.kind === 'photo' && photoById(view.id)?.file === file ? view : { ...route.emptyView, category: view.category, k: view.k };
    await open({ ...kept, kind: 'photo', id: photo.id });
  } catch (error) {
    if (turn === latestPhoto) showOutsideSearch(error);
  } finally {
    if (turn === latestPhoto) document.documentElement.classList.remove('preparing');
  }
}

/** A photo that never got as far as a search. */
function showOutsideSearch(error) {
  underWay.abort();
  route.go({ ...route.entry.view });
  document.documentElement.dataset.view = 'search';
  fillQuery();
  show(error);
}

async function crop(photo) {
  const chosen = await chooseCrop(photo.file, photo.crop);
  if (chosen !== undefined) await searchPhoto(photo.file, chosen);
}

async function returned() {
  const { scroll, focus } = route.entry;
  await refresh();
  scrollTo(0, scroll);
  const piece = focus && [...document.querySelectorAll('[data-piece]')].find(card => card.dataset.piece === focus);
  if (piece) piece.querySelector('a.onward').focus({ preventScroll: true });
  else focusTitle();
}

const searchPiece = id => open({ ...route.emptyView, kind: 'item', id, k: route.entry.view.k });

document.addEventListener('click', event => {
  const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
  const link = event.target.closest('a[data-similar], a[data-home], a.skip');
  if (!link || !isPlain) return; // a new tab or window is the browser's business
  event.preventDefault();
  if (link.classList.contains('skip')) byId('main').focus();
  else if (link.dataset.similar) searchPiece(link.dataset.similar);
  else open(route.emptyView);
});

startIntake({ onPhoto: file => searchPhoto(file), onPiece: searchPiece, onProblem: showOutsideSearch });
startKeyButton(() => { categories.forget(); forgetGalleries(); refresh(); });
route.startHistory(returned);
refresh().then(() => scrollTo(0, route.entry.scroll)); // where the reader was before a reload

followImport({
  onStatus: ({ version }) => { byId('version').textContent = version ? `Version ${version}` : ''; },
  onGrown: () => {
    categories.forget();
    const { view, key } = route.entry;
    // A full first page stays as it is: pieces must not move under a reader's hand.
    if (view.kind !== 'browse' || !hasRoom(key)) return;
    forgetGalleries();
    refresh();
  },
});
