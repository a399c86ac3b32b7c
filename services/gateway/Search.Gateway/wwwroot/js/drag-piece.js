/** A piece of the collection dragged onto the page is a search by that piece, not an upload of its small picture. */
const type = 'application/x-search-item';

export function carryPiece(element, id) {
  element.addEventListener('dragstart', event => event.dataTransfer.setData(type, id));
}

export const isPieceDrag = transfer => transfer.types.includes(type);

export const draggedPiece = transfer => transfer.getData(type) || null;
