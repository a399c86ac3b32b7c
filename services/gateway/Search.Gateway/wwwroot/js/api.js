import { askForKey, currentKey } from './key.js';
import { Problem } from './problem.js';

/** How many results the API gives when nobody says, and at most. */
export const defaultK = 20;
export const largestK = 200;

async function request(path, { quiet = false, ...options } = {}) {
  for (;;) {
    const key = currentKey();
    let response;
    try {
      response = await fetch(path, { ...options, headers: key ? { 'X-Api-Key': key } : {} });
    } catch (error) {
      if (error.name === 'AbortError') throw error;
      throw Problem.unreachable();
    }
    if (response.ok) return response;

    const problem = await Problem.from(response);
    // A key that came in while this request was under way is worth a second try before anyone is asked.
    if (problem.needsKey && !quiet && (currentKey() !== key || await askForKey(keyReason(problem, key)))) continue;
    throw problem;
  }
}

const keyReason = (problem, key) => key
  ? `The service did not accept the key: ${problem.detail || problem.title}`
  : problem.detail || 'This collection can be searched with an API key only.';

const json = async (path, options) => (await request(path, options)).json();

const itemPath = id => `/v1/items/${encodeURIComponent(id)}`;

/** The filter object of the API, or null when nothing is filtered. */
export function filterOf({ category, attributes = {}, price = {} }) {
  const filter = {};
  if (category) filter.category = category;
  if (Object.keys(attributes).length > 0) filter.attributes = attributes;
  const range = {};
  if (price.gte !== undefined) range.gte = price.gte;
  if (price.lte !== undefined) range.lte = price.lte;
  if (Object.keys(range).length > 0) filter.ranges = { price: range };
  return Object.keys(filter).length > 0 ? filter : null;
}

export function searchByPhoto(blob, fileName, view, signal) {
  const form = new FormData();
  form.set('image', blob, fileName);
  form.set('k', String(view.k));
  form.set('explain', 'true');
  const filter = filterOf(view);
  if (filter) form.set('filter', JSON.stringify(filter));
  return json('/v1/search', { method: 'POST', body: form, signal });
}

export function similarTo(id, view, signal) {
  const query = new URLSearchParams({ k: String(view.k), explain: 'true' });
  const filter = filterOf(view);
  if (filter) query.set('filter', JSON.stringify(filter));
  return json(`${itemPath(id)}/similar?${query}`, { signal });
}

export const item = (id, signal) => json(itemPath(id), { signal });

export function items({ category, after, limit = 24 }, signal) {
  const query = new URLSearchParams({ limit: String(limit) });
  if (category) query.set('category', category);
  if (after) query.set('after', after);
  return json(`/v1/items?${query}`, { signal });
}

export const categories = async () => (await json('/v1/categories')).categories ?? [];

export const status = () => json('/v1/status', { quiet: true });

/** The bytes of a picture, for a service that wants a key and an <img> that cannot send one. */
export const pictureBytes = async url => (await request(url, { quiet: true })).blob();

export const pictureUrl = id => `${itemPath(id)}/image`;
