/** What the lab says of a training. */

/** @import { Tests } from "./inside-view.mjs" */
/** @import { Report } from "./progress-view.mjs" */

export const OPENING = "Press Train: the network learns from 8,000 photographs that your browser makes now.";
export const LATER = "This counts from the beginning of a training: Reset, then Train.";
export const RAN_AWAY =
  "The loss is no number any more: the steps were so large that they threw the weights ever further away. " +
  "Take a smaller learning rate, press Reset, then Train.";

/** @param {number} value */
const percent = (value) => `${(100 * value).toFixed(1)} %`;

/** @param {Report} report @param {number} saved  when, in milliseconds */
export function backWords({ step, epoch, n_epochs, is_done }, saved) {
  const when = new Date(saved).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" });
  const way = is_done ? "It is ready for the stream." : "Resume goes on from there.";
  const place = `step ${step}, epoch ${epoch} of ${n_epochs}`;
  return `Back from ${when}: what it had learned by ${place}. ${way} Reset begins anew.`;
}

/** @param {Report} report @param {Tests | undefined} tests */
export function endWords({ is_done, step }, tests) {
  const end = is_done ? "Trained." : `Paused at step ${step}; what it learned is kept.`;
  if (!tests) return end;
  const [known, others] = [tests.test, tests.new_breeds].map(({ accuracy }) => percent(accuracy));
  return `${end} It names ${known} of new photographs of known breeds correctly, and ${others} of new breeds.`;
}

/** @param {Report} report */
export const stepWords = ({ step, losses }) =>
  `Step ${step}: the loss of its batch was ${losses.at(-1)?.toFixed(4) ?? "unknown"} nats.`;

/** @param {string} file @param {Report} report @param {Tests | undefined} tests */
export function loadedWords(file, { is_done, step, n_steps }, tests) {
  const place = is_done ? "trained" : `at step ${step} of ${n_steps}`;
  return `${file} is loaded: ${place}, ${percent(tests?.test.accuracy ?? 0)} right on known breeds.`;
}

/** @param {Error} error @param {boolean} isThere  a network that has learned */
export function troubleWords(error, isThere) {
  const words = error.message.replace(/^\w*(Error|Exception): /, "");
  const sentence = words.charAt(0).toUpperCase() + words.slice(1) + (/[.!?]$/.test(words) ? "" : ".");
  return isThere ? `${sentence} The network is as it was.` : sentence;
}

/** @param {Error} error  that ended Python in the middle */
export const lostWords = ({ message }) =>
  `Python ended in the middle (${message}). A fresh one goes on from what was kept.`;

/** @param {Report} report */
export const foundWords = ({ step }) =>
  `Python ended in the middle. A fresh one goes on from step ${step}, the last that was kept.`;
