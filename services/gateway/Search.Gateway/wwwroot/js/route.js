import { defaultK, largestK } from './api.js';

/**
 * A view is what the page shows: { kind: 'browse' | 'photo' | 'item', id, category, attributes, price, k }.
 * Browse and item views live in the address and can be shared; a photo's view lives in the history entry alone.
 */
export const emptyView = Object.freeze({ kind: 'browse', id: null, category: null, attributes: {}, price: {}, k: defaultK });

const attributePrefix = 'a.';

export function viewFromAddress(search = location.search) {
  const query = new URLSearchParams(search);
  const id = query.get('item');
  const view = { ...emptyView, attributes: {}, price: {}, kind: id ? 'item' : 'browse', id, category: query.get('category') };
  const k = Number(query.get('k'));
  if (Number.isInteger(k) && k >= 1 && k <= largestK) view.k = k;
  for (const [name, value] of query) {
    if (name.startsWith(attributePrefix) && value) view.attributes[name.slice(attributePrefix.length)] = value;
  }
  for (const [name, bound] of [['from', 'gte'], ['to', 'lte']]) {
    const text = query.get(name);
    if (text !== null && text !== '' && Number.isFinite(Number(text))) view.price[bound] = Number(text);
  }
  return view;
}

export function addressOf(view) {
  const query = new URLSearchParams();
  if (view.kind === 'item') query.set('item', view.id);
  if (view.category) query.set('category', view.category);
  if (view.kind !== 'browse') {
    if (view.k !== defaultK) query.set('k', view.k);
    for (const [name, value] of Object.entries(view.attributes)) query.set(attributePrefix + name, value);
    if (view.price.gte !== undefined) query.set('from', view.price.gte);
    if (view.price.lte !== undefined) query.set('to', view.price.lte);
  }
  // A photo is not in the address, so its filters would only mislead whoever gets the link.
  const text = view.kind === 'photo' ? '' : query.toString();
  return text ? `./?${text}` : './';
}

const newEntry = view => ({ view, key: `${Date.now()}-${Math.random()}`, scroll: 0, focus: null });

/** The history entry in use. Its key finds the answer that was shown, so Back needs no request. */
export let entry = newEntry(emptyView);

export function startHistory(onReturn) {
  history.scrollRestoration = 'manual';
  entry = history.state?.view ? history.state : newEntry(viewFromAddress());
  history.replaceState(entry, '');
  window.addEventListener('popstate', event => {
    entry = event.state?.view ? event.state : newEntry(viewFromAddress());
    onReturn();
  });
  window.addEventListener('pagehide', rememberPlace);
}

/** Keeps where the reader was, to bring them back to the same piece. */
export function rememberPlace() {
  const focus = document.activeElement?.closest('[data-piece]')?.dataset.piece ?? null;
  entry = { ...entry, scroll: Math.round(scrollY), focus };
  history.replaceState(entry, '');
}

export function go(view) {
  rememberPlace();
  entry = newEntry(view);
  history.pushState(entry, '', addressOf(view));
}

/** A changed filter is the same search: it replaces the entry, so Back leaves the search and not the filter. */
export function amend(view) {
  entry = { ...newEntry(view) };
  history.replaceState(entry, '', addressOf(view));
}
