import * as api from './api.js';

/** The categories and their sizes, asked for once; the search works without them. */
export class Categories {
  list = [];
  known = false;
  #loading = null;

  load() {
    this.#loading ??= api.categories()
      .then(found => { this.list = found; this.known = true; })
      .catch(() => { this.#loading = null; });
    return this.#loading;
  }

  forget() { this.#loading = null; }
}
