import { h, icon } from './dom.js';
import { attributesOf, attributeText, price, titleOf, words } from './format.js';
import { hasCamera } from './camera.js';
import { mainPicture, picture } from './picture.js';

/** What is being searched for: the photo with its crop, or a piece of the collection with its facts. */
export function photoPanel(photo, onCrop) {
  const shown = photo.preview
    ? h('div', { class: 'picture' }, h('img', { src: photo.preview, alt: 'Your photo', class: 'whole' }))
    : h('div', { class: 'picture' }, h('div', { class: 'picture-missing', role: 'img', 'aria-label': 'Your photo, which this browser cannot show' }, icon('photo')));
  return h('div', { class: 'query-card' },
    h('div', { class: 'query-picture' }, shown),
    h('div', { class: 'query-text' },
      h('p', { class: 'eyebrow' }, photo.crop ? 'A part of your photo' : 'Your photo'),
      h('div', { class: 'query-actions' },
        photo.preview && h('button', { class: 'secondary', type: 'button', 'data-control': 'crop', onclick: onCrop }, icon('crop'), 'Crop'),
        ...newPhotoButtons())));
}

export function piecePanel(item) {
  const attributes = attributesOf(item).map(attributeText).join(' · ');
  const amount = price(item);
  const views = (item.images ?? []).filter(image => image.state !== 'failed').slice(0, 5);
  return h('div', { class: 'query-card' },
    h('div', { class: 'query-picture' },
      picture(mainPicture(item.id, item), titleOf(item), { eager: true }),
      views.length > 1 && h('div', { class: 'query-views' }, views.slice(1).map((image, index) => picture(image.imageUrl, `${titleOf(item)}, view ${index + 2}`)))),
    h('div', { class: 'query-text' },
      h('p', { class: 'eyebrow' }, item.category ? words(item.category) : 'This piece'),
      h('p', { class: 'query-title' }, titleOf(item)),
      attributes && h('p', { class: 'muted small' }, attributes),
      amount && h('p', { class: 'price' }, amount),
      h('div', { class: 'query-actions' }, ...newPhotoButtons())));
}

const newPhotoButtons = () => [
  h('button', { class: 'secondary', type: 'button', 'data-choose': true }, icon('photo'), 'New photo'),
  hasCamera() && h('button', { class: 'secondary icon-only', type: 'button', 'data-camera': true, 'aria-label': 'Take a photo' }, icon('camera')),
];
