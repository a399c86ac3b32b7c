import { pictureBytes, pictureUrl } from './api.js';
import { h, icon } from './dom.js';
import { currentKey } from './key.js';

const thumbnail = 400;

// With a key in use pictures are fetched by script; only those about to be seen.
const nearby = 'IntersectionObserver' in window
  ? new IntersectionObserver(entries => {
    for (const entry of entries.filter(e => e.isIntersecting)) {
      nearby.unobserve(entry.target);
      loadWithKey(entry.target);
    }
  }, { rootMargin: '400px' })
  : null;

/** A result names the picture that matched; a piece of the collection has a list, of which some may have failed. */
export const mainPicture = (id, item) => item.imageUrl
  || item.images?.find(image => image.state !== 'failed')?.imageUrl
  || pictureUrl(id);

/** A square picture with a quiet placeholder until it is there, and a drawn gem if it never comes. */
export function picture(url, alt, { eager = false, size = thumbnail } = {}) {
  const image = h('img', { alt, decoding: 'async', draggable: 'true', width: size, height: size, class: 'waiting' });
  const frame = h('div', { class: 'picture' }, image);
  image.addEventListener('load', () => {
    const ratio = image.naturalWidth / image.naturalHeight;
    // Cutting a little off is fine; cutting the clasp off a long necklace is not.
    image.classList.toggle('whole', ratio < 0.75 || ratio > 1.34);
    image.classList.remove('waiting');
  });
  image.addEventListener('error', () => {
    frame.replaceChildren(h('div', { class: 'picture-missing', role: 'img', 'aria-label': `${alt} (no picture)` }, icon('gem')));
  });

  const address = sized(url, size);
  if (currentKey() && address.startsWith('/')) {
    image.dataset.address = address;
    if (eager || !nearby) loadWithKey(image); else nearby.observe(image);
  } else {
    if (!eager) image.loading = 'lazy';
    image.src = address;
  }
  return frame;
}

function sized(url, size) {
  if (url.startsWith('blob:')) return url;
  const address = new URL(url, location.origin);
  address.searchParams.set('size', size);
  return address.origin === location.origin ? address.pathname + address.search : url;
}

async function loadWithKey(image) {
  try {
    const local = URL.createObjectURL(await pictureBytes(image.dataset.address));
    image.addEventListener('load', () => URL.revokeObjectURL(local), { once: true });
    image.src = local;
  } catch {
    image.dispatchEvent(new Event('error'));
  }
}
