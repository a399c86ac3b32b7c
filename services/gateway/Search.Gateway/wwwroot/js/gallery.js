import { browseCard, skeletonCard } from './cards.js';
import { h } from './dom.js';

/** A gallery below this is likely to be still growing. */
const shortGallery = 24;

/** The collection, a page at a time. */
export class Gallery {
  #pages;
  #list = h('ul', { class: 'grid' });
  #more = h('button', { class: 'secondary', type: 'button', 'data-control': 'more', onclick: () => this.#showMore() }, 'Show more');
  #onProblem;

  constructor(pages, onProblem) {
    this.#pages = pages;
    this.#onProblem = onProblem;
  }

  /** Loads the first page; resolves to how many pieces it holds. */
  async open(signal) {
    this.#add(await this.#pages.next(signal));
    return this.#list.children.length;
  }

  get elements() { return [this.#list, h('div', { class: 'grid-more' }, this.#more)]; }

  get isShort() { return this.#list.children.length < shortGallery; }

  async #showMore() {
    this.#more.disabled = true;
    try {
      const before = this.#list.children.length;
      this.#add(await this.#pages.next());
      // The button may be gone or further down: reading goes on at the first new piece.
      this.#list.children[before]?.querySelector('a').focus({ preventScroll: true });
    } catch (problem) {
      this.#onProblem(problem);
    } finally {
      this.#more.disabled = false;
    }
  }

  #add(items) {
    const from = this.#list.children.length;
    this.#list.append(...items.map((item, index) => browseCard(item, from + index)));
    this.#more.hidden = this.#pages.isDone;
  }
}

export const skeletonGrid = number => h('ul', { class: 'grid', 'aria-hidden': 'true' }, Array.from({ length: number }, skeletonCard));
