import { byId } from './dom.js';
import { Problem } from './problem.js';

const canStream = () => Boolean(navigator.mediaDevices?.getUserMedia);
const isTouch = () => matchMedia('(pointer: coarse)').matches;

/** A phone's own camera app is better than any page's; elsewhere the page looks through the webcam. */
export const hasCamera = () => isTouch() || canStream();
export const prefersCameraApp = () => isTouch() || !canStream();

/** Shows the camera; resolves to a photo, or null when cancelled. */
export async function takePhoto() {
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment', width: { ideal: 1920 } }, audio: false });
  } catch (error) {
    throw new Problem({
      title: 'The camera cannot be used',
      detail: error.name === 'NotAllowedError' ? 'The browser was not allowed to use it. Choose a photo instead.' : 'No camera answered. Choose a photo instead.',
    });
  }

  const dialog = byId('camera-dialog');
  const video = byId('camera-video');
  try {
    video.srcObject = stream;
    dialog.showModal();
    await video.play();
    return await shotOrCancel(dialog, video);
  } finally {
    stream.getTracks().forEach(track => track.stop());
    video.srcObject = null;
    if (dialog.open) dialog.close();
  }
}

function shotOrCancel(dialog, video) {
  return new Promise(resolve => {
    const act = async event => {
      const action = event.target.closest('[data-camera-act]')?.dataset.cameraAct;
      if (action === 'cancel') dialog.close();
      if (action === 'shoot') finish(await still(video));
    };
    const cancelled = () => finish(null);
    const finish = photo => {
      dialog.removeEventListener('click', act);
      dialog.removeEventListener('close', cancelled);
      resolve(photo);
    };
    dialog.addEventListener('click', act);
    dialog.addEventListener('close', cancelled);
  });
}

async function still(video) {
  const canvas = document.createElement('canvas');
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  canvas.getContext('2d').drawImage(video, 0, 0);
  const blob = await new Promise(resolve => { canvas.toBlob(resolve, 'image/jpeg', 0.95); });
  return blob && new File([blob], 'camera.jpg', { type: 'image/jpeg' });
}
