import { hasCamera, prefersCameraApp, takePhoto } from './camera.js';
import { byId } from './dom.js';
import { draggedPiece, isPieceDrag } from './drag-piece.js';

/** Every way in for a photo: chooser, camera, drag and drop anywhere, paste anywhere. */
export function startIntake({ onPhoto, onPiece, onProblem }) {
  const chooser = byId('file-input');
  const capture = byId('capture-input');
  for (const input of [chooser, capture]) {
    input.addEventListener('change', () => {
      const [file] = input.files;
      if (file) onPhoto(file);
      input.value = ''; // choosing the same file again is a new search
    });
  }

  for (const button of document.querySelectorAll('[data-camera]')) button.hidden = !hasCamera();
  if (navigator.platform.startsWith('Mac')) byId('paste-key').textContent = '⌘';

  // Buttons come and go with the views; one listener serves them all.
  document.addEventListener('click', async event => {
    if (event.target.closest('[data-choose]')) chooser.click();
    if (!event.target.closest('[data-camera]')) return;
    if (prefersCameraApp()) { capture.click(); return; }
    try {
      const photo = await takePhoto();
      if (photo) onPhoto(photo);
    } catch (problem) {
      onProblem(problem);
    }
  });

  document.addEventListener('paste', event => {
    const file = firstImage(event.clipboardData?.files);
    if (!file) return;
    event.preventDefault();
    onPhoto(file);
  });

  startDropping({ onPhoto, onPiece });
}

/** The first image, or else the first file: a wrong type deserves the service's answer, not silence. */
function firstImage(files) {
  const list = [...files ?? []];
  return list.find(file => file.type.startsWith('image/')) ?? list[0];
}

function startDropping({ onPhoto, onPiece }) {
  const page = document.documentElement;
  const accepts = event => event.dataTransfer && (event.dataTransfer.types.includes('Files') || isPieceDrag(event.dataTransfer));
  const veil = shown => page.classList.toggle('dropping', shown);

  window.addEventListener('dragover', event => {
    if (!accepts(event) || document.querySelector('dialog[open]')) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    veil(true);
  });
  window.addEventListener('dragleave', event => {
    // Crossing from one element to the next also "leaves"; only the window's edge has no next element.
    if (!event.relatedTarget) veil(false);
  });
  window.addEventListener('dragend', () => veil(false));
  window.addEventListener('drop', event => {
    veil(false);
    if (!accepts(event) || document.querySelector('dialog[open]')) return;
    event.preventDefault();
    const piece = draggedPiece(event.dataTransfer);
    if (piece) { onPiece(piece); return; }
    const file = firstImage(event.dataTransfer.files);
    if (file) onPhoto(file);
  });
}
