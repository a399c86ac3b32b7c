import { items } from './api.js';
import { browseCard, skeletonCard } from './cards.js';
import { h } from './dom.js';

const pageSize = 24;

/** The collection, a page at a time. */
export class Gallery {
  #category;
  #next = null;
  #list = h('ul', { class: 'grid' });
  #more = h('button', { class: 'secondary', type: 'button', 'data-control': 'more', onclick: () => this.#showMore() }, 'Show more');
  #onProblem;

  constructor(category, onProblem) {
    this.#category = category;
    this.#onProblem = onProblem;
  }

  /** Loads the first page; resolves to how many pieces it holds. */
  async open(signal) {
    const page = await items({ category: this.#category, limit: pageSize }, signal);
    this.#add(page);
    return this.#list.children.length;
  }

  get elements() { return [this.#list, h('div', { class: 'grid-more' }, this.#more)]; }

  get isShort() { return this.#list.children.length < pageSize; }

  async #showMore() {
    this.#more.disabled = true;
    try {
      const before = this.#list.children.length;
      this.#add(await items({ category: this.#category, after: this.#next, limit: pageSize }));
      // The button may be gone or further down: reading goes on at the first new piece.
      this.#list.children[before]?.querySelector('a').focus({ preventScroll: true });
    } catch (problem) {
      this.#onProblem(problem);
    } finally {
      this.#more.disabled = false;
    }
  }

  #add(page) {
    const from = this.#list.children.length;
    this.#list.append(...page.items.map((item, index) => browseCard(item, from + index)));
    this.#next = page.next ?? null;
    this.#more.hidden = this.#next === null;
  }
}

export const skeletonGrid = number => h('ul', { class: 'grid', 'aria-hidden': 'true' }, Array.from({ length: number }, skeletonCard));
