/** The arithmetic of the crop frame: fractions of the photo, so that it is the same at every size on screen. */

const smallest = 0.06;
export const wholePhoto = Object.freeze({ left: 0, top: 0, right: 1, bottom: 1 });
export const firstFrame = Object.freeze({ left: 0.12, top: 0.12, right: 0.88, bottom: 0.88 });

const between = (value, low, high) => Math.min(high, Math.max(low, value));

export function moved(frame, dx, dy) {
  const x = between(dx, -frame.left, 1 - frame.right);
  const y = between(dy, -frame.top, 1 - frame.bottom);
  return { left: frame.left + x, right: frame.right + x, top: frame.top + y, bottom: frame.bottom + y };
}

/** Moves the named edges ('left', 'top', ...); an edge stops before it would meet the opposite one. */
export function resized(frame, edges, dx, dy) {
  const next = { ...frame };
  if (edges.includes('left')) next.left = between(frame.left + dx, 0, frame.right - smallest);
  if (edges.includes('right')) next.right = between(frame.right + dx, frame.left + smallest, 1);
  if (edges.includes('top')) next.top = between(frame.top + dy, 0, frame.bottom - smallest);
  if (edges.includes('bottom')) next.bottom = between(frame.bottom + dy, frame.top + smallest, 1);
  return next;
}

/** The frame between two corners, in any order. */
export function drawn(from, to) {
  const left = between(Math.min(from.x, to.x), 0, 1 - smallest);
  const top = between(Math.min(from.y, to.y), 0, 1 - smallest);
  return {
    left,
    top,
    right: between(Math.max(from.x, to.x), left + smallest, 1),
    bottom: between(Math.max(from.y, to.y), top + smallest, 1),
  };
}

export const isWhole = ({ left, top, right, bottom }) => left < 0.005 && top < 0.005 && right > 0.995 && bottom > 0.995;
