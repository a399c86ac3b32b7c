import { h, icon } from './dom.js';

/** What went wrong and what can be done about it, in place of the results. */
export function failurePanel(problem, onRetry) {
  const retry = h('button', { class: 'primary', type: 'button', onclick: onRetry }, problem.needsKey ? 'Enter an API key' : 'Try again');
  const panel = h('div', { class: 'state failure' },
    icon('alert'),
    // Only the words are an alert: the countdown on the button would be read out every second.
    h('div', { role: 'alert' }, h('h3', {}, problem.title), problem.detail && h('p', {}, problem.detail)),
    h('div', { class: 'state-actions' },
      isWorthRetrying(problem) && retry,
      isAboutThePhoto(problem) && h('button', { class: 'primary', type: 'button', 'data-choose': true }, 'Choose another photo'),
      h('a', { class: 'button secondary', href: './', 'data-home': true }, 'Back to the collection')));
  if (problem.retryAfter) countDown(retry, problem.retryAfter);
  return panel;
}

/** The same bad photo fails again; a new one is the way on. */
const isAboutThePhoto = problem => [413, 415, 422].includes(problem.status);
const isWorthRetrying = problem => !isAboutThePhoto(problem) && ![400, 404].includes(problem.status);

function countDown(button, seconds) {
  const until = Date.now() + seconds * 1000;
  const label = button.textContent;
  button.disabled = true;
  const tick = () => {
    const left = Math.ceil((until - Date.now()) / 1000);
    if (left <= 0) {
      button.disabled = false;
      button.textContent = label;
      return;
    }
    button.textContent = `${label} in ${left} s`;
    // A panel that was replaced needs no clock.
    if (button.isConnected || left === seconds) setTimeout(tick, 250);
  };
  tick();
}
