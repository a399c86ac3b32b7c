import { byId } from './dom.js';

const slot = 'search.api-key';
let asking = null;

// Storage can be refused (private windows, strict settings); the key then lives as long as the page.
let remembered = null;

export function currentKey() {
  try { return sessionStorage.getItem(slot) ?? remembered; } catch { return remembered; }
}

function remember(key) {
  remembered = key;
  try {
    if (key) sessionStorage.setItem(slot, key); else sessionStorage.removeItem(slot);
  } catch { /* kept in memory above */ }
  byId('key-button').hidden = !key;
}

/** Asks for a key, once for all requests that need one at the same time. Resolves to whether there is a new one. */
export function askForKey(reason) {
  asking ??= new Promise(resolve => {
    const dialog = byId('key-dialog');
    const input = byId('key-input');
    byId('key-reason').textContent = reason;
    dialog.querySelector('[data-key="forget"]').hidden = !currentKey();
    input.value = '';
    let given = false;

    const close = () => dialog.close();
    const submit = () => {
      remember(input.value.trim());
      given = true;
    };
    const forget = () => { remember(null); dialog.close(); };
    byId('key-form').addEventListener('submit', submit);
    dialog.querySelector('[data-key="cancel"]').addEventListener('click', close);
    dialog.querySelector('[data-key="forget"]').addEventListener('click', forget);
    dialog.addEventListener('close', () => {
      byId('key-form').removeEventListener('submit', submit);
      dialog.querySelector('[data-key="cancel"]').removeEventListener('click', close);
      dialog.querySelector('[data-key="forget"]').removeEventListener('click', forget);
      asking = null;
      resolve(given);
    }, { once: true });
    dialog.showModal();
    input.focus();
  });
  return asking;
}

export function startKeyButton(onChange) {
  const button = byId('key-button');
  button.hidden = !currentKey();
  button.addEventListener('click', async () => {
    const before = currentKey();
    await askForKey('Searches are made with the key you gave. Enter another one, or forget it.');
    if (currentKey() !== before) onChange();
  });
}
