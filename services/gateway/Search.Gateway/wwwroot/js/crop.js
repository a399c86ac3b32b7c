import { drawn, firstFrame, isWhole, moved, resized, wholePhoto } from './crop-frame.js';
import { byId, h } from './dom.js';

const edges = ['left', 'top', 'right', 'bottom'];
const corners = [['left', 'top'], ['right', 'top'], ['left', 'bottom'], ['right', 'bottom']];
const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const smallStep = 0.01;
const largeStep = 0.1;

/** Lets a person choose a part of the photo. Resolves to the part, null for all of it, or undefined when cancelled. */
export function chooseCrop(file, current) {
  const dialog = byId('crop-dialog');
  const address = URL.createObjectURL(file);
  const editor = createEditor(address, current ?? firstFrame);
  byId('crop-stage').replaceChildren(...editor.elements);

  return new Promise(resolve => {
    let answer;
    const act = event => {
      const action = event.target.closest('[data-crop]')?.dataset.crop;
      if (action === 'search') answer = isWhole(editor.frame()) ? null : editor.frame();
      if (action === 'whole') { editor.set(wholePhoto); return; }
      if (action) dialog.close();
    };
    dialog.addEventListener('click', act);
    dialog.addEventListener('close', () => {
      dialog.removeEventListener('click', act);
      URL.revokeObjectURL(address);
      byId('crop-stage').replaceChildren();
      resolve(answer);
    }, { once: true });
    dialog.showModal();
    editor.focus();
  });
}

function createEditor(address, start) {
  let frame = start;
  const image = h('img', { src: address, alt: 'The photo to choose a part of', draggable: 'false' });
  // The stage takes the photo's own shape, so that a fraction of one is a fraction of the other.
  image.addEventListener('load', () => stage.style.setProperty('--ratio', image.naturalWidth / image.naturalHeight));
  const sliders = Object.fromEntries(edges.map(edge => [edge, h('div', {
    class: `crop-edge crop-${edge}`, tabindex: '0', role: 'slider', 'aria-label': `${edge} edge`,
    'aria-orientation': edge === 'left' || edge === 'right' ? 'horizontal' : 'vertical',
    'aria-valuemin': '0', 'aria-valuemax': '100', 'data-edges': edge,
  })]));
  // Corners are for pointers; the four edges already reach every frame from the keyboard.
  const handles = corners.map(pair => h('div', { class: `crop-corner crop-${pair.join('-')}`, 'data-edges': pair.join(' '), 'aria-hidden': 'true' }));
  const area = h('div', { class: 'crop-area', tabindex: '0', role: 'group', 'aria-roledescription': 'crop frame' }, Object.values(sliders), handles);
  const stage = h('div', { class: 'crop-canvas' }, image, area);

  function set(next) {
    frame = next;
    for (const [edge, slider] of Object.entries(sliders)) {
      const value = Math.round(frame[edge] * 100);
      slider.setAttribute('aria-valuenow', value);
      slider.setAttribute('aria-valuetext', `${value} percent from the ${edge === 'left' || edge === 'right' ? 'left' : 'top'}`);
      area.style.setProperty(`--${edge}`, frame[edge]);
    }
    const width = Math.round((frame.right - frame.left) * 100);
    const height = Math.round((frame.bottom - frame.top) * 100);
    area.setAttribute('aria-label', `Frame, ${width} percent wide and ${height} percent high. Arrow keys move it.`);
  }

  area.addEventListener('keydown', event => {
    const direction = arrows[event.key];
    if (!direction) return;
    event.preventDefault();
    const step = event.shiftKey ? largeStep : smallStep;
    const [dx, dy] = direction.map(d => d * step);
    const moving = event.target.dataset.edges;
    set(moving ? resized(frame, moving.split(' '), dx, dy) : moved(frame, dx, dy));
  });

  followPointer(stage, image, () => frame, set);
  set(start);
  return { elements: [stage], frame: () => frame, set, focus: () => area.focus() };
}

function followPointer(stage, image, frame, set) {
  stage.addEventListener('pointerdown', event => {
    if (event.button !== 0) return;
    event.preventDefault();
    stage.setPointerCapture(event.pointerId);
    const box = image.getBoundingClientRect();
    const at = ({ clientX, clientY }) => ({ x: (clientX - box.left) / box.width, y: (clientY - box.top) / box.height });
    const from = at(event);
    const before = frame();
    const moving = event.target.dataset.edges?.split(' ');
    const inside = Boolean(event.target.closest('.crop-area'));
    (event.target.closest('[tabindex]') ?? stage.querySelector('.crop-area')).focus();

    const follow = moveEvent => {
      const to = at(moveEvent);
      if (moving) set(resized(before, moving, to.x - from.x, to.y - from.y));
      else if (inside) set(moved(before, to.x - from.x, to.y - from.y));
      else set(drawn(from, to));
    };
    const release = () => {
      stage.removeEventListener('pointermove', follow);
      stage.removeEventListener('pointerup', release);
      stage.removeEventListener('pointercancel', release);
    };
    stage.addEventListener('pointermove', follow);
    stage.addEventListener('pointerup', release);
    stage.addEventListener('pointercancel', release);
  });
}
