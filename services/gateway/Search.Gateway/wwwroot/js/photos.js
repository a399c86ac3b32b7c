import { prepare } from './photo.js';

// Photos stay on this page: going back to an earlier one needs its bytes, and nothing else keeps them.
const kept = new Map();
const mostKept = 8;

export async function keepPhoto(file, crop = null) {
  const { blob, readable } = await prepare(file, crop);
  const photo = {
    id: crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`,
    file,
    crop,
    blob,
    name: blob === file ? file.name || 'photo' : 'photo.jpg',
    preview: readable ? URL.createObjectURL(blob) : null,
  };
  kept.set(photo.id, photo);
  forgetOldest();
  return photo;
}

export const photoById = id => kept.get(id);

function forgetOldest() {
  while (kept.size > mostKept) {
    const [oldest, photo] = kept.entries().next().value;
    if (photo.preview) URL.revokeObjectURL(photo.preview);
    kept.delete(oldest);
  }
}
