import { h, hiddenText } from './dom.js';
import { sentence } from './format.js';

const offeredK = [12, 20, 40, 80, 200];

/** Narrowing a search: by what the results themselves offer, by price, and by how many to show. */
export function refineForm(view, facets, onChange) {
  const form = h('form', { class: 'refine-form', onsubmit: event => event.preventDefault() },
    facets.choices(view.attributes).map(facet => attributeSelect(facet, view, onChange)),
    (facets.priced || view.price.gte !== undefined || view.price.lte !== undefined) && priceRange(view, onChange),
    resultCount(view, onChange),
    isRefined(view) && h('button', {
      class: 'quiet', type: 'button', 'data-control': 'clear',
      onclick: () => onChange({ ...view, attributes: {}, price: {}, category: null }),
    }, 'Clear all filters'));
  return h('details', { class: 'refine', open: matchMedia('(min-width: 60rem)').matches || isRefined(view) }, h('summary', {}, 'Refine'), form);
}

const isRefined = view => Boolean(view.category) || Object.keys(view.attributes).length > 0 || Object.keys(view.price).length > 0;

function attributeSelect({ name, values }, view, onChange) {
  const select = h('select', { id: `refine-${name}`, 'data-control': name, onchange: () => {
    const attributes = { ...view.attributes };
    if (select.value) attributes[name] = select.value; else delete attributes[name];
    onChange({ ...view, attributes });
  } },
  h('option', { value: '' }, 'Any'),
  values.map(value => h('option', { value, selected: view.attributes[name] === value }, sentence(value))));
  return h('div', { class: 'field' }, h('label', { for: `refine-${name}` }, sentence(name)), select);
}

function priceRange(view, onChange) {
  const input = (bound, label, placeholder) => h('input', {
    type: 'number', min: '0', step: 'any', inputmode: 'decimal', 'aria-label': label, placeholder,
    'data-control': `price-${bound}`, value: view.price[bound] ?? '', onchange: apply,
  });
  const from = input('gte', 'Price from', 'from');
  const to = input('lte', 'Price to', 'to');
  function apply() {
    const price = {};
    if (from.value !== '') price.gte = Number(from.value);
    if (to.value !== '') price.lte = Number(to.value);
    const crossed = price.gte !== undefined && price.lte !== undefined && price.gte > price.lte;
    to.setCustomValidity(crossed ? 'This is below the lowest price.' : '');
    if (from.reportValidity() && to.reportValidity()) onChange({ ...view, price });
  }
  return h('fieldset', { class: 'field' }, h('legend', {}, 'Price'), h('div', { class: 'range' }, from, h('span', { 'aria-hidden': 'true' }, '–'), to));
}

function resultCount(view, onChange) {
  const offered = [...new Set([...offeredK, view.k])].sort((a, b) => a - b);
  const select = h('select', { id: 'refine-k', 'data-control': 'k', onchange: () => onChange({ ...view, k: Number(select.value) }) },
    offered.map(k => h('option', { value: k, selected: k === view.k }, String(k))));
  return h('div', { class: 'field' }, h('label', { for: 'refine-k' }, 'Show', hiddenText(' at most')), select);
}
