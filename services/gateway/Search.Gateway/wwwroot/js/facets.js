import { attributesOf } from './format.js';

const mostFacets = 4;
const mostValues = 24;
// A value that every second piece has for itself (a name, a number) is no filter.
const mostDistinctShare = 0.5;

/**
 * What a search can be narrowed by, learnt from its own results. Values seen once stay offered while the filters
 * change; otherwise choosing one metal would take all others off the list.
 */
export class Facets {
  #values = new Map();
  #results = 0;
  #priced = false;

  learn(results) {
    this.#results += results.length;
    for (const { item } of results) {
      if (!item) continue;
      this.#priced ||= typeof item.price === 'number';
      for (const [name, value] of attributesOf(item)) {
        if (typeof value !== 'string') continue;
        if (!this.#values.has(name)) this.#values.set(name, new Set());
        this.#values.get(name).add(value);
      }
    }
  }

  get priced() { return this.#priced; }

  /** Attribute names with their values; what is chosen is always among them. */
  choices(chosen = {}) {
    const learnt = [...this.#values]
      .filter(([name, values]) => name in chosen
        || (values.size > 1 && values.size <= mostValues && values.size <= Math.max(4, this.#results * mostDistinctShare)))
      .slice(0, mostFacets)
      .map(([name, values]) => [name, new Set(values)]);
    const all = new Map(learnt);
    for (const [name, value] of Object.entries(chosen)) {
      if (!all.has(name)) all.set(name, new Set());
      all.get(name).add(value);
    }
    return [...all].map(([name, values]) => ({ name, values: [...values].sort() }));
  }
}
