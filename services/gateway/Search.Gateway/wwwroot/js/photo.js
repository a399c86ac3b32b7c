import { Problem } from './problem.js';

/** The model looks at far fewer pixels than this; more would only make the upload slow. */
export const longestSide = 1024;
const jpegQuality = 0.9;

/** What the browser cannot open is still sent for the service to judge, up to this size. */
const largestUnreadable = 20 * 1024 * 1024;
const sentAsIs = new Set(['image/jpeg', 'image/png', 'image/webp', 'image/gif', 'image/bmp']);

/**
 * What to upload for a photo: the part inside `crop` (fractions of the upright photo; null is all of it), made small.
 * A small photo that is not cropped goes as it is: the service reads the camera's orientation by itself.
 */
export async function prepare(file, crop = null) {
  let bitmap;
  try {
    bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' });
  } catch {
    if (file.size > largestUnreadable) {
      throw new Problem({ status: 415, title: 'This photo cannot be opened here', detail: 'Save it as JPEG, PNG or WebP and try again.' });
    }
    return { blob: file, readable: false };
  }

  try {
    const part = pixels(crop, bitmap);
    const scale = Math.min(1, longestSide / Math.max(part.width, part.height));
    if (!crop && scale === 1 && sentAsIs.has(file.type)) return { blob: file, readable: true };

    const width = Math.max(1, Math.round(part.width * scale));
    const height = Math.max(1, Math.round(part.height * scale));
    return { blob: await draw(bitmap, part, width, height), readable: true };
  } finally {
    bitmap.close();
  }
}

function pixels(crop, { width, height }) {
  if (!crop) return { left: 0, top: 0, width, height };
  const left = Math.round(crop.left * width);
  const top = Math.round(crop.top * height);
  return {
    left,
    top,
    width: Math.max(1, Math.round(crop.right * width) - left),
    height: Math.max(1, Math.round(crop.bottom * height) - top),
  };
}

async function draw(bitmap, part, width, height) {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d', { alpha: false });
  // JPEG has no transparency; the service, too, puts cut-out pictures on white.
  context.fillStyle = '#fff';
  context.fillRect(0, 0, width, height);
  context.imageSmoothingEnabled = true;
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, part.left, part.top, part.width, part.height, 0, 0, width, height);
  const blob = await new Promise(resolve => { canvas.toBlob(resolve, 'image/jpeg', jpegQuality); });
  if (!blob) throw new Problem({ title: 'This photo could not be made smaller', detail: 'Try another photo, or crop it first.' });
  return blob;
}
