const whole = new Intl.NumberFormat('en');
const exact = new Intl.NumberFormat('en', { maximumFractionDigits: 2 });
// Two decimals tell a price from a bare number where no currency can.
const amount = new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

export const count = number => whole.format(number);

export const plural = (number, one, many) => `${count(number)} ${number === 1 ? one : many}`;

/** Cosine similarity is in [-1, 1]; below zero there is no likeness left to show. */
export const percent = score => Math.round(Math.max(0, Math.min(1, score)) * 100);

/** A price carries no currency in the API; one is shown only where the catalogue says it as an attribute. */
export function price(item) {
  if (typeof item.price !== 'number' || !Number.isFinite(item.price)) return null;
  const currency = item.attributes?.currency;
  if (typeof currency === 'string' && /^[A-Z]{3}$/.test(currency)) {
    return new Intl.NumberFormat('en', { style: 'currency', currency, minimumFractionDigits: 0 }).format(item.price);
  }
  return amount.format(item.price);
}

export const milliseconds = value =>
  typeof value === 'number' ? `${value < 10 ? Math.round(value * 10) / 10 : Math.round(value)} ms` : null;

/** "yellow_gold" and "nearDuplicate" are fine for machines; people read "yellow gold" and "near duplicate". */
export const words = name => String(name)
  .replace(/([a-z])([A-Z])/g, '$1 $2')
  .replace(/[_-]+/g, ' ')
  .toLowerCase()
  .trim();

export const sentence = name => {
  const text = words(name);
  return text.charAt(0).toUpperCase() + text.slice(1);
};

const shownFirst = ['metal', 'stone', 'gem', 'cut', 'setting', 'color', 'colour', 'carat'];
// Where a file lay says nothing about the piece, and a currency is shown with the price.
const neverShown = new Set(['path', 'currency']);

const rank = name => {
  const index = shownFirst.indexOf(name.toLowerCase());
  return index < 0 ? shownFirst.length : index;
};

export function attributesOf(item) {
  return Object.entries(item.attributes ?? {})
    .filter(([name, value]) => !neverShown.has(name) && value !== null && value !== '')
    .sort(([a], [b]) => rank(a) - rank(b) || a.localeCompare(b));
}

export const attributeText = ([name, value]) => {
  if (name.toLowerCase() === 'carat') return `${exact.format(value)} ct`;
  return typeof value === 'number' ? `${words(name)} ${exact.format(value)}` : words(value);
};

/** An import without titles names a piece after its file; such a name is better than none. */
export const titleOf = item => item.title || item.attributes?.path?.split('/').pop() || item.id || item.itemId || 'Untitled piece';
